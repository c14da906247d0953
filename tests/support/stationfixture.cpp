// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stationfixture.h"

#include "core/station/threadedstation.h"

#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{

StationFixture::StationFixture(const std::function<void(StationOptions &)> &prepare)
{
    settings.server.host = u"127.0.0.1"_s;
    settings.server.sourcePort = 0;
    settings.server.listenPort = 0;
    settings.server.sourcePassword = u"ocean-lamp-42"_s;
    settings.playlist.shuffle = false;
    settings.encoder.live = u"pass"_s; // what is sent is what is looked for
    settings.playlist.directory = m_folder.path();
    StationOptions options;
    options.portRule = PortRule::AnyAllowed;
    if (prepare)
        prepare(options);
    m_control = std::make_unique<ThreadedStation>(options);
    StationControl *control = m_control.get();
    QObject::connect(control, &StationControl::onAir, control,
                     [this](const StationAddresses &addresses) { m_addresses = addresses; });
    QObject::connect(control, &StationControl::addressesChanged, control,
                     [this](const StationAddresses &addresses) { m_addresses = addresses; });
    QObject::connect(control, &StationControl::settingsApplied, control, [this] { ++m_applied; });
    QObject::connect(control, &StationControl::settingsRejected, control,
                     [this](const QList<SettingsProblem> &problems) { m_rejected = problems; });
    QObject::connect(control, &StationControl::eventHappened, control,
                     [this](const StationEvent &event) { m_events.append(event); });
    QObject::connect(control, &StationControl::entryProblem, control,
                     [this](quint64 entry, const QString &reason) { m_problems.insert(entry, reason); });
    QObject::connect(control, &StationControl::listenersChanged, control,
                     [this](const ListenersUpdate &update) { m_left += update.left; });
}

PlaylistEntry StationFixture::addFile(const QByteArray &bytes)
{
    PlaylistEntry entry;
    entry.id = newEntryId();
    entry.path = m_folder.filePath(u"track%1.mp3"_s.arg(m_lengths.size()));
    entry.track.entryId = entry.id;
    entry.track.title = u"Track %1"_s.arg(m_lengths.size());
    entry.track.artist = u"Artist"_s;
    entry.tagsRead = true;
    QFile file(entry.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("The test's folder cannot be written to.");
    m_entries.append(entry);
    m_lengths.append(0);
    return entry;
}

PlaylistEntry StationFixture::addTrack(int frames)
{
    PlaylistEntry entry = addFile(stampedFrames(static_cast<int>(m_lengths.size()), frames));
    m_lengths.last() = frames;
    // As if an earlier run had measured it: how loud it is plays no part here, and to find out takes more
    // time than the tests.
    entry.silentEndMs = 0;
    m_entries.last() = entry;
    return entry;
}

qsizetype StationFixture::count(StationEvent::Kind kind) const
{
    return std::count_if(m_events.cbegin(), m_events.cend(),
                         [kind](const StationEvent &event) { return event.kind == kind; });
}

bool StationFixture::start()
{
    m_control->applySettings(settings);
    m_control->setPlaylist(m_entries);
    m_control->goOnAir();
    return waitUntil([this] { return m_addresses.listenPort != 0 && m_control->isOnAir(); }, 20'000);
}

bool StationFixture::apply(const Settings &changed)
{
    const int before = m_applied;
    m_rejected.clear();
    m_control->applySettings(changed);
    if (!waitUntil([&] { return m_applied > before || !m_rejected.isEmpty(); }, 20'000))
        return false;
    if (m_applied > before)
        settings = changed;
    return m_applied > before;
}

} // namespace cycast::test
