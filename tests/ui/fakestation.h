// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/station/stationcontrol.h"
#include "core/values/ban.h"
#include "core/values/playlistentry.h"

namespace cycast
{

/// What the window asked of its FakeStation, since clear().
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
    QList<Outside> outsides;
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

/// A door without a station behind it, for the tests of the window: writes down what it is asked
/// (fakeCalls()) and answers nothing by itself, except that settings are accepted when `acceptsSettings` is
/// set. Its signals are public: tests emit them.
class FakeStation : public StationControl
{
    Q_OBJECT

public:
    enum class Answers {
        Later, ///< from the event loop, in order, as those of the real one
        AtOnce ///< for tests that are about something else
    };
    explicit FakeStation(Answers answers = Answers::Later);

    const QByteArray &monitorToken() const override { return m_monitorToken; }
    void change(const std::function<void(cycast::Settings &settings)> &change) override;

    void applySettings(const cycast::Settings &settings) override;
    void goOnAir() override;
    void goOffAir() override;
    void setPlaylist(const cycast::EntryList &entries) override;
    void skip() override;
    void playFrom(quint64 entryId, qint64 positionMs = 0) override;
    void playNext(const QList<quint64> &entryIds) override;
    void setJingles(const QList<cycast::PlaylistEntry> &jingles) override;
    void setRecording(bool on) override;
    void dropSource() override;
    void dropListener(quint64 listenerId) override;
    void setBans(const QList<cycast::Ban> &bans) override;
    void setOutside(const cycast::Outside &outside) override;
    void getCertificate() override;
    void checkReach() override;
    void watchListeners(bool watched) override;
    quint64 importPaths(const QStringList &paths) override;
    quint64 importJingles(const QStringList &paths) override;
    void readTags(const QList<cycast::PlaylistEntry> &entries,
                  cycast::RowList list = cycast::RowList::Tracks) override;
    void cancelImport() override;
    void exportPlaylist(const cycast::EntryList &entries, const QString &path) override;
    void lookForFiles(const cycast::EntryList &entries) override;
    void watchFolders(const QStringList &folders, const QDateTime &since = {}) override;
    void readCover(quint64 entryId) override;

private:
    void answer(std::function<void()> call);
    void take(const Settings &settings);

    Answers m_answers;
    QByteArray m_monitorToken;
};

} // namespace cycast
