// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace cycast::test
{

/// A real cycastd with two folders of stamped tracks, a small buffer (so that every fault of a disk is felt
/// within seconds) and ports of the system's choice, on 127.0.0.1 only.
class ChaosStation
{
public:
    static constexpr char passPhrase[] = "lantern-harbour-42";
    static constexpr int tracksPerFolder = 6;
    static constexpr int mostDescriptors = 400; ///< that it may open, as on a small machine

    ChaosStation();
    ~ChaosStation();

    bool start(); ///< on the air
    /// SIGTERM: whether it ended well.
    bool end();
    bool isRunning() const { return m_process.state() == QProcess::Running; }

    int listenPort() const { return m_listenPort; }
    int sourcePort() const { return m_sourcePort; }
    qint64 pid() const { return m_process.processId(); }
    QList<qint64> helpers() const; ///< processes that it has started
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString logPath() const { return path(QStringLiteral("log")); }

    /// Writes the settings anew with `more` behind the usual ones, and sends SIGHUP.
    void setSettings(const QByteArray &more);
    /// setrlimit() on the running program: the soft limit only; -1: as it was.
    void limit(int what, qint64 most);

    int descriptors() const;
    qint64 residentBytes() const;
    double cpuSeconds() const;

private:
    QByteArray settingsText(const QByteArray &more) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_listenPort = 0;
    int m_sourcePort = 0;
};

} // namespace cycast::test
