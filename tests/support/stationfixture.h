// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/station/stationcontrol.h"
#include "core/values/listenerinfo.h"
#include "core/values/playedtrack.h"
#include "core/values/playlistentry.h"
#include "core/values/stationaddresses.h"
#include "core/values/stationevent.h"
#include "core/values/stationstatus.h"
#include "tests/support/liveclient.h"
#include "tests/support/slack.h"
#include "tests/support/streamclient.h"

#include <QTemporaryDir>

namespace cycast
{
struct StationOptions;
}

namespace cycast::test
{

/// A whole station on 127.0.0.1 with ports of the system's choice and a folder of stamped tracks.
class StationFixture
{
public:
    /// `prepare` may change how the station is made.
    explicit StationFixture(const std::function<void(StationOptions &)> &prepare = {});

    /// A file of `frames` stamped frames; its source number is its place in the list, from 1 on.
    PlaylistEntry addTrack(int frames);
    /// Any bytes as a file; takes a source number all the same.
    PlaylistEntry addFile(const QByteArray &bytes);
    const QList<PlaylistEntry> &entries() const { return m_entries; }
    const QList<int> &lengths() const { return m_lengths; } ///< in frames, by source number

    /// Settings, list, on the air; false: it did not get there within 20 s.
    bool start();
    /// Applies and waits for the answer; false: rejected (see rejected()).
    bool apply(const Settings &changed);

    StationControl &control() { return *m_control; }
    Settings settings; ///< as applied by start()
    int sourcePort() const { return m_addresses.sourcePort; }
    int listenPort() const { return m_addresses.listenPort; }
    const StationStatus &status() const { return m_control->lastStatus(); }
    const QList<SettingsProblem> &rejected() const { return m_rejected; }
    const QList<StationEvent> &events() const { return m_events; }
    /// How many of this kind there have been.
    qsizetype count(StationEvent::Kind kind) const;
    const QHash<quint64, QString> &problems() const { return m_problems; }
    const QList<ListenerGone> &left() const { return m_left; }
    int listeners() const { return status().listeners; }
    /// What is heard as the status says.
    bool isLive() const { return status().heard == ProgrammeKind::Live; }

    void destroy() { m_control.reset(); }

private:
    QTemporaryDir m_folder;
    QList<PlaylistEntry> m_entries;
    QList<int> m_lengths = {0};
    StationAddresses m_addresses;
    QList<SettingsProblem> m_rejected;
    QList<StationEvent> m_events;
    QHash<quint64, QString> m_problems;
    QList<ListenerGone> m_left;
    int m_applied = 0;
    std::unique_ptr<StationControl> m_control;
};

} // namespace cycast::test
