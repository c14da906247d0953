// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakestation.h"

#include "core/base/threadhop.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

FakeCalls &fakeCalls()
{
    static FakeCalls calls;
    return calls;
}

FakeStation::FakeStation(Answers answers)
    : m_answers(answers)
{
    // First in line, so that lastStatus() is right for everybody who hears a test's statusChanged.
    connect(this, &StationControl::statusChanged, this,
            [this](const StationStatus &status) { m_status = status; });
    connect(this, &StationControl::auditionChanged, this,
            [this](const Audition &audition) { m_audition = audition; });
}

void FakeStation::change(const std::function<void(Settings &)> &change)
{
    answer([this, change] {
        Settings wanted = m_settings;
        change(wanted);
        if (wanted != m_settings)
            take(wanted);
    });
}

void FakeStation::applySettings(const Settings &settings)
{
    answer([this, settings] { take(settings); });
}

void FakeStation::answer(std::function<void()> call)
{
    if (m_answers == Answers::AtOnce)
        call();
    else
        hopTo(this, std::move(call));
}

void FakeStation::take(const Settings &settings)
{
    fakeCalls().names.append(u"applySettings"_s);
    fakeCalls().applied.append(settings);
    if (!fakeCalls().acceptsSettings)
        return;
    m_settings = settings;
    emit settingsApplied(settings, {});
}

void FakeStation::goOnAir()
{
    fakeCalls().names.append(u"goOnAir"_s);
}

void FakeStation::goOffAir()
{
    fakeCalls().names.append(u"goOffAir"_s);
}

void FakeStation::setPlaylist(const EntryList &entries)
{
    fakeCalls().names.append(u"setPlaylist"_s);
    fakeCalls().playlists.append(entries);
}

void FakeStation::skip()
{
    fakeCalls().names.append(u"skip"_s);
}

void FakeStation::playFrom(quint64 entryId, qint64 positionMs)
{
    fakeCalls().names.append(u"playFrom"_s);
    fakeCalls().playedFrom.append(entryId);
    fakeCalls().playedFromMs.append(positionMs);
}

void FakeStation::playNext(const QList<quint64> &entryIds)
{
    fakeCalls().names.append(u"playNext"_s);
    fakeCalls().playedNext.append(entryIds);
}

void FakeStation::setRecording(bool on)
{
    fakeCalls().names.append(u"setRecording"_s);
    fakeCalls().recordings.append(on);
}

void FakeStation::lookForFiles(const EntryList &)
{
    fakeCalls().names.append(u"lookForFiles"_s);
}

void FakeStation::watchFolders(const QStringList &folders, const QDateTime &since)
{
    fakeCalls().names.append(u"watchFolders"_s);
    fakeCalls().watchedFolders.append(folders);
    fakeCalls().watchedSince.append(since);
}

void FakeStation::readCover(quint64 entryId)
{
    fakeCalls().names.append(u"readCover"_s);
    fakeCalls().covers.append(entryId);
}

void FakeStation::dropSource()
{
    fakeCalls().names.append(u"dropSource"_s);
}

void FakeStation::dropListener(quint64 listenerId)
{
    fakeCalls().names.append(u"dropListener"_s);
    fakeCalls().droppedListeners.append(listenerId);
}

void FakeStation::setBans(const QList<Ban> &bans)
{
    fakeCalls().names.append(u"setBans"_s);
    fakeCalls().bans.append(bans);
}

void FakeStation::setOutside(const Outside &outside)
{
    fakeCalls().names.append(u"setOutside"_s);
    fakeCalls().outsides.append(outside);
}

void FakeStation::getCertificate()
{
    fakeCalls().names.append(u"getCertificate"_s);
}

void FakeStation::checkReach()
{
    fakeCalls().names.append(u"checkReach"_s);
}

void FakeStation::watchListeners(bool watched)
{
    fakeCalls().names.append(u"watchListeners"_s);
    fakeCalls().watched.append(watched);
}

quint64 FakeStation::importPaths(const QStringList &paths)
{
    fakeCalls().names.append(u"importPaths"_s);
    fakeCalls().imports.append(paths);
    return static_cast<quint64>(fakeCalls().imports.size());
}

quint64 FakeStation::importJingles(const QStringList &paths)
{
    fakeCalls().names.append(u"importJingles"_s);
    fakeCalls().imports.append(paths);
    return static_cast<quint64>(fakeCalls().imports.size());
}

void FakeStation::setJingles(const QList<PlaylistEntry> &jingles)
{
    fakeCalls().names.append(u"setJingles"_s);
    fakeCalls().jingles.append(jingles);
}

void FakeStation::readTags(const QList<PlaylistEntry> &entries, RowList)
{
    fakeCalls().names.append(u"readTags"_s);
    fakeCalls().tagReads.append(entries);
}

void FakeStation::cancelImport()
{
    fakeCalls().names.append(u"cancelImport"_s);
}

void FakeStation::exportPlaylist(const EntryList &, const QString &path)
{
    fakeCalls().names.append(u"exportPlaylist"_s);
    fakeCalls().exports.append(path);
}

} // namespace cycast
