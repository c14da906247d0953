// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakestationcontrol.h"

#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/loudnesssurvey.h"
#include "core/station/orderstore.h"
#include "core/values/ban.h"
#include "core/values/stationstatus.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

FakeCalls &fakeCalls()
{
    static FakeCalls calls;
    return calls;
}

StationControl::StationControl(StationOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    // First in line, so that lastStatus() is right for everybody who hears a test's statusChanged.
    connect(this, &StationControl::statusChanged, this, &StationControl::receiveStatus);
    connect(this, &StationControl::auditionChanged, this,
            [this](const Audition &audition) { m_audition = audition; });
}

StationControl::~StationControl() = default;

void StationControl::receiveStatus(const StationStatus &status)
{
    m_status = status;
}

void StationControl::applySettings(const Settings &settings)
{
    fakeCalls().names.append(u"applySettings"_s);
    fakeCalls().applied.append(settings);
    if (!fakeCalls().acceptsSettings)
        return;
    m_settings = settings;
    emit settingsApplied(settings, {});
}

void StationControl::change(const std::function<void(Settings &)> &change)
{
    Settings wanted = m_settings;
    change(wanted);
    if (wanted != m_settings)
        applySettings(wanted);
}

void StationControl::goOnAir()
{
    fakeCalls().names.append(u"goOnAir"_s);
}

void StationControl::goOffAir()
{
    fakeCalls().names.append(u"goOffAir"_s);
}

void StationControl::setPlaylist(const EntryList &entries)
{
    fakeCalls().names.append(u"setPlaylist"_s);
    fakeCalls().playlists.append(entries);
}

void StationControl::skip()
{
    fakeCalls().names.append(u"skip"_s);
}

void StationControl::playFrom(quint64 entryId, qint64 positionMs)
{
    fakeCalls().names.append(u"playFrom"_s);
    fakeCalls().playedFrom.append(entryId);
    fakeCalls().playedFromMs.append(positionMs);
}

void StationControl::playNext(const QList<quint64> &entryIds)
{
    fakeCalls().names.append(u"playNext"_s);
    fakeCalls().playedNext.append(entryIds);
}

void StationControl::setRecording(bool on)
{
    fakeCalls().names.append(u"setRecording"_s);
    fakeCalls().recordings.append(on);
}

void StationControl::lookForFiles(const EntryList &)
{
    fakeCalls().names.append(u"lookForFiles"_s);
}

void StationControl::watchFolders(const QStringList &folders, const QDateTime &since)
{
    fakeCalls().names.append(u"watchFolders"_s);
    fakeCalls().watchedFolders.append(folders);
    fakeCalls().watchedSince.append(since);
}

void StationControl::readCover(quint64 entryId)
{
    fakeCalls().names.append(u"readCover"_s);
    fakeCalls().covers.append(entryId);
}

void StationControl::dropSource()
{
    fakeCalls().names.append(u"dropSource"_s);
}

void StationControl::dropListener(quint64 listenerId)
{
    fakeCalls().names.append(u"dropListener"_s);
    fakeCalls().droppedListeners.append(listenerId);
}

void StationControl::setBans(const QList<Ban> &bans)
{
    fakeCalls().names.append(u"setBans"_s);
    fakeCalls().bans.append(bans);
}

void StationControl::watchListeners(bool watched)
{
    fakeCalls().names.append(u"watchListeners"_s);
    fakeCalls().watched.append(watched);
}

quint64 StationControl::importPaths(const QStringList &paths)
{
    fakeCalls().names.append(u"importPaths"_s);
    fakeCalls().imports.append(paths);
    return static_cast<quint64>(fakeCalls().imports.size());
}

quint64 StationControl::importJingles(const QStringList &paths)
{
    fakeCalls().names.append(u"importJingles"_s);
    fakeCalls().imports.append(paths);
    return static_cast<quint64>(fakeCalls().imports.size());
}

void StationControl::setJingles(const QList<PlaylistEntry> &jingles)
{
    fakeCalls().names.append(u"setJingles"_s);
    fakeCalls().jingles.append(jingles);
}

void StationControl::readTags(const QList<PlaylistEntry> &entries)
{
    fakeCalls().names.append(u"readTags"_s);
    fakeCalls().tagReads.append(entries);
}

void StationControl::cancelImport()
{
    fakeCalls().names.append(u"cancelImport"_s);
}

void StationControl::exportPlaylist(const EntryList &, const QString &path)
{
    fakeCalls().names.append(u"exportPlaylist"_s);
    fakeCalls().exports.append(path);
}

} // namespace cycast
