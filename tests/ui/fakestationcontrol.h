// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/station/stationcontrol.h"
#include "core/values/ban.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// What the window asked of the station, since clear(). Tests of the window link a StationControl that has
/// no station behind it: it writes down what it is asked here and answers nothing by itself, except that
/// applied settings are accepted when `acceptsSettings` is set. Its signals are public: tests emit them.
struct FakeCalls {
    QStringList names; ///< every call by its name, in order
    QList<Settings> applied;
    QList<EntryList> playlists;
    QList<QStringList> imports; ///< request numbers are 1, 2, 3 ... in this order
    QList<QList<PlaylistEntry>> tagReads;
    QList<QList<PlaylistEntry>> jingles;
    QList<quint64> playedFrom;
    QList<qint64> playedFromMs;
    QList<quint64> droppedListeners;
    QList<bool> watched;
    QList<QList<Ban>> bans;
    QStringList exports;
    QList<QList<quint64>> playedNext;
    QList<bool> recordings;
    QList<QStringList> watchedFolders;
    QList<QDateTime> watchedSince;
    QList<quint64> covers;
    bool acceptsSettings = true;

    void clear() { *this = FakeCalls(); }
    int count(const QString &name) const { return static_cast<int>(names.count(name)); }
};

FakeCalls &fakeCalls();

} // namespace cycast
