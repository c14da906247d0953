// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/streamclient.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace cycast::test
{

/// A real cycastd that plays one long file of stamped frames, free ports, nothing but 127.0.0.1; what it
/// costs while it is attacked, and a listener that heard every frame of it or says what was missing.
class AttackedStation
{
public:
    static constexpr char passPhrase[] = "lantern-harbour-42";

    AttackedStation();
    ~AttackedStation();

    /// Before start(): nobody reads what it writes to its standard error, a pipe of the smallest size.
    void leaveErrorsUnread() { m_leavesErrors = true; }
    /// Before start(): files of so many frames each, the first of them source 1, instead of one long one.
    void setTracks(const QList<int> &frames) { m_tracks = frames; }
    /// `more`: further blocks of settings. `descriptors`: the most it may open, 0: as it comes. True: on the
    /// air, and the listener hears it.
    bool start(const QByteArray &more = {}, int descriptors = 0);
    /// For files of the test's own, before start().
    QString path(const QString &name) const { return m_folder.filePath(name); }

    int listenPort() const { return m_listenPort; }
    int sourcePort() const { return m_sourcePort; }
    bool isRunning() const { return m_process.state() == QProcess::Running; }

    StreamClient &listener() { return *m_listener; }
    /// What is wrong with what the listener heard since the start: a frame that is torn or missing, silence,
    /// a pause of more than `longestPauseMs` and what the machine kept the station waiting, the end. Empty:
    /// nothing.
    QString listenerFault(int longestPauseMs = 2500) const;

    int descriptors() const;      ///< open now
    qint64 residentBytes() const; ///< now
    double cpuSeconds() const;    ///< so far
    /// What the kernel holds at the station's end of its connections, in bytes that were sent and not yet
    /// read. Takes milliseconds.
    qint64 kernelBytes() const;

    /// The body of GET `path`; empty: no answer.
    QByteArray get(const QByteArray &path) const;
    QByteArray errors();
    /// SIGTERM: whether it ends well, soon.
    bool end();

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_errors;
    bool m_leavesErrors = false;
    int m_unread[2] = {-1, -1};
    QList<int> m_tracks = {60'000}; // 26 minutes
    int m_listenPort = 0;
    int m_sourcePort = 0;
    std::unique_ptr<StreamClient> m_listener;
    qsizetype m_runsBefore = 0;  ///< what it heard before it was all there
    qint64 m_waitedBeforeNs = 0; ///< for a processor, until then
};

} // namespace cycast::test
