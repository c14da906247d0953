// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/desktop/session.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace cycast
{

class FileWriter;

/// The session's file: read at the start, written a second after a change (on a thread of the writer: a long
/// list takes its time, and is written less often while it goes on changing) and at the end. Writes aside
/// and swaps, so that a crash leaves the old one.
class SessionStore : public QObject
{
    Q_OBJECT

public:
    /// `collect` is asked in the GUI thread for what to write. Without a path nothing is kept.
    SessionStore(QString path, std::function<Session()> collect, QObject *parent = nullptr);
    SessionStore(QString path, std::function<Session()> collect, FileWriter &files,
                 QObject *parent = nullptr);

    /// $XDG_STATE_HOME/cycast-desktop/session.json (the platform's place elsewhere).
    static QString defaultPath();

    /// An empty session when there is none yet. A file that cannot be understood is put aside as
    /// NAME.broken, and `noticed` tells.
    Session load();

    void saveLater();
    /// Writes and waits until it is written, as long as an end may take (FileWriter::endLimit).
    void saveNow();

signals:
    /// A sentence for the log.
    void noticed(const QString &sentence);

private:
    void write();
    void take(const QString &error, qint64 tookMs);

    QString m_path;
    std::function<Session()> m_collect;
    QTimer m_delay;
    FileWriter &m_files;
    qint64 m_writingMs = 0; ///< what the last write took
};

} // namespace cycast
