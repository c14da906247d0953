// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/config/settings.h"
#include "core/values/filestamp.h"

#include <QObject>
#include <QTimer>

namespace cycast
{

class TlsContext;

/// Where a certificate and its key stand, and the settings that say so.
struct CertificateFiles {
    QString certificate; ///< PEM, absolute
    QString key;         ///< PEM, absolute; empty: in the certificate's file
    QString certificateField;
    QString keyField;
    bool operator==(const CertificateFiles &) const = default;
};

/// The certificates in force: read in a thread of their own when the settings name others, and again when the
/// files have changed (a renewal) or somebody asks; never a reason to refuse anything: of files that cannot
/// be used it is told why, and what is in force stays. A renewal replaces several files one after the other:
/// what changes is read when it has stood still for a moment. Lives in the station's thread.
class Certificates : public QObject
{
    Q_OBJECT

public:
    /// How often the files are looked at.
    static constexpr int lookMs = 5'000;

    explicit Certificates(QObject *parent = nullptr);
    ~Certificates() override;

    /// None: no TLS. The same again: they are looked at now.
    void setFiles(const QList<CertificateFiles> &files);
    /// Read for the first time, or anew because others are named: the answer is on its way.
    bool areAwaited() const { return m_isAwaited; }

signals:
    /// Null: no TLS. Connections that exist keep theirs.
    void changed(const std::shared_ptr<const cycast::TlsContext> &context);
    /// Nothing is awaited any more, whether or not there is a certificate now.
    void settled();
    /// What is wrong with the files, as warnings; empty: nothing any more.
    void problemsChanged(const QList<cycast::SettingsProblem> &problems);

private:
    struct Reading {
        QList<FileStamp> stamps;
        std::shared_ptr<const TlsContext> context; ///< null: it cannot be used
        QList<SettingsProblem> problems;
        bool isWhole = true; ///< all of them can be used
    };

    static QList<FileStamp> stampsOf(const QList<CertificateFiles> &files);
    static Reading readingOf(const QList<CertificateFiles> &files);
    void look();
    void read();
    void take(quint64 generation, const Reading &reading);

    QList<CertificateFiles> m_files;
    QList<FileStamp> m_read; ///< of what was read last
    QList<FileStamp> m_seen; ///< at the last look
    QList<SettingsProblem> m_problems;
    quint64 m_generation = 0; ///< of m_files: what was read of others is no news
    bool m_isAwaited = false;
    bool m_isInForce = false; ///< a certificate
    QTimer m_timer;
    OffThread<Certificates> m_off; ///< last: ends first
};

} // namespace cycast
