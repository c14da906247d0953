// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/stationcontrol.h"

#include "core/audition/auditor.h"
#include "core/base/log.h"
#include "core/base/threadhop.h"
#include "core/net/socket/tlsidentity.h"
#include "core/playlist/library/folderwatch.h"
#include "core/playlist/library/library.h"
#include "core/playlist/library/loudnesssurvey.h"
#include "core/station/orderstore.h"
#include "core/station/station.h"
#include "core/values/ban.h"
#include "core/values/playlistentry.h"
#include "core/values/stationevent.h"
#include "core/values/stationstatus.h"

#include <QDir>
#include <QRandomGenerator>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// Nobody else can know it: who has it is this process.
QByteArray randomToken()
{
    QByteArray token;
    for (int i = 0; i < 4; ++i)
        token += QByteArray::number(QRandomGenerator::system()->generate64(), 36);
    return token;
}

AuditionJudge::Rules auditionRules(const Settings &settings)
{
    return {qint64{settings.alarm.silenceSeconds} * 1000, settings.alarm.skipWhenSilent};
}

/// $XDG_MUSIC_DIR/Cycast, or the platform's place for music.
QString defaultRecordingsFolder()
{
    QString music = qEnvironmentVariable("XDG_MUSIC_DIR");
    if (!QDir::isAbsolutePath(music))
        music = QStandardPaths::writableLocation(QStandardPaths::MusicLocation);
    return music + u"/Cycast"_s;
}

} // namespace

/// The far side of the door: holds the station in its thread.
class StationControl::Worker : public QObject
{
public:
    std::unique_ptr<Station> station;
};

StationControl::StationControl(StationOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_worker(new Worker)
    , m_library(std::make_unique<Library>())
    , m_watch(std::make_unique<FolderWatch>())
    , m_order(std::make_unique<OrderStore>(m_options.orderFile))
    , m_survey(std::make_unique<LoudnessSurvey>())
{
    qRegisterMetaType<QList<SettingsProblem>>();
    m_thread.setObjectName(u"cycast-station"_s);
    moveInto(&m_thread, m_worker);
    m_thread.start(QThread::HighPriority);
    m_monitorToken = randomToken();
    tell([this, worker = m_worker, token = m_monitorToken, base = m_options.baseDirectory,
          isWatched = m_options.isWatched, recordings = defaultRecordingsFolder()](auto &) {
        worker->station = std::make_unique<Station>();
        Station *station = worker->station.get();
        station->setMonitorToken(token);
        station->watchStatus(isWatched);
        station->setFolders(base, recordings);
        relay(station, &Station::statusChanged, &StationControl::receiveStatus);
        relay(station, &Station::listenersChanged, &StationControl::listenersChanged);
        relay(station, &Station::settingsApplied, &StationControl::receiveSettings);
        relay(station, &Station::settingsRejected, &StationControl::settingsRejected);
        relay(station, &Station::onAir, &StationControl::onAir);
        relay(station, &Station::onAirFailed, &StationControl::onAirFailed);
        relay(station, &Station::offAir, &StationControl::offAir);
        relay(station, &Station::addressesChanged, &StationControl::addressesChanged);
        relay(station, &Station::eventHappened, &StationControl::eventHappened);
        relay(station, &Station::sourceAttempted, &StationControl::sourceAttempted);
        relay(station, &Station::entryProblem, &StationControl::entryProblem);
        connect(station, &Station::entryRead, station,
                [this](const PlaylistEntry &entry) { hopTo(this, [this, entry] { takeTags({entry}); }); });
        relay(station, &Station::entryMeasured, &StationControl::entryMeasured);
        connect(station, &Station::orderChanged, station, [this](const OrderState &order) {
            hopTo(this, [this, order] {
                if (m_hasRestoredOrder) // never over a state that was not read yet
                    m_order->save(m_playlist, order);
            });
        });
    });
    connectLibrary();
    connectAuditor();
    connectWatch();
}

StationControl::~StationControl()
{
    delete m_auditor;
    m_library.reset();
    m_survey.reset();
    m_watch.reset();
    m_jingleWatch.reset();
    endThread(&m_thread);
}

// Called in the station's thread. This object outlives that thread, so the way back is always open.
template<class... Values>
void StationControl::relay(Station *station, void (Station::*told)(Values...),
                           void (StationControl::*answer)(Values...))
{
    connect(station, told, station, [this, answer](Values... values) {
        hopTo(this, [this, answer, values...] { (this->*answer)(values...); });
    });
}

void StationControl::receiveSettings(const Settings &settings)
{
    m_settings = settings;
    if (m_auditor != nullptr)
        m_auditor->setRules(auditionRules(settings));
    m_survey->setRules({settings.encoder.loudness, m_options.isWatched, settings.encoder.channels});
    loadDirectory();
    loadJingles();
    tellWatch();
    emit settingsApplied(settings, validate(settings, m_options.portRule));
}

void StationControl::receiveStatus(const StationStatus &status)
{
    m_status = status;
    emit statusChanged(status);
}

template<class Call>
void StationControl::tell(Call &&call)
{
    hopTo(m_worker,
          [worker = m_worker, call = std::forward<Call>(call)]() mutable { call(worker->station); });
}

void StationControl::applySettings(const Settings &settings)
{
    QList<SettingsProblem> problems = validate(settings, m_options.portRule);
    TlsIdentity identity;
    if (!hasErrors(problems))
        identity = identityFor(settings, problems);
    if (hasErrors(problems)) {
        emit settingsRejected(problems);
        return;
    }
    if (!std::exchange(m_hasSettings, true)) {
        m_settings = settings;
        tellWatch();
    }
    tell([settings, identity](auto &station) { station->applySettings(settings, identity); });
}

// Read each time: a renewed certificate has the same name. Two small files, on this side of the door.
TlsIdentity StationControl::identityFor(const Settings &settings, QList<SettingsProblem> &problems) const
{
    const Settings::Server &server = settings.server;
    if (server.tlsCertificate.isEmpty())
        return {};
    const QDir folder(m_options.baseDirectory);
    const auto identity =
        loadTlsIdentity(folder.absoluteFilePath(server.tlsCertificate),
                        server.tlsKey.isEmpty() ? QString() : folder.absoluteFilePath(server.tlsKey));
    if (!identity) {
        const TlsProblem &problem = identity.error();
        const bool isAboutKey = problem.isAboutKey && !server.tlsKey.isEmpty();
        problems.append({isAboutKey ? u"server.tls_key"_s : u"server.tls_certificate"_s, problem.sentence});
        return {};
    }
    const QString warning = expiryWarning(*identity, QDateTime::currentDateTime());
    if (!warning.isEmpty())
        qCWarning(lcSettings).noquote() << warning;
    return *identity;
}

void StationControl::goOnAir()
{
    tell([](auto &station) { station->goOnAir(); });
}

void StationControl::goOffAir()
{
    tell([](auto &station) { station->goOffAir(); });
}

void StationControl::setPlaylist(const EntryList &entries)
{
    m_playlist = entries;
    // The first list with something in it goes on where the last run ended.
    if (!entries.isEmpty() && !std::exchange(m_hasRestoredOrder, true)) {
        surveyRestored();
        tell([entries, order = m_order->load(entries)](auto &station) {
            station->restorePlaylist(entries, order);
        });
        return;
    }
    tell([entries](auto &station) { station->setPlaylist(entries); });
}

void StationControl::skip()
{
    tell([](auto &station) { station->skip(); });
}

void StationControl::playFrom(quint64 entryId, qint64 positionMs)
{
    tell([entryId, positionMs](auto &station) { station->playFrom(entryId, positionMs); });
}

void StationControl::tellJingles()
{
    tell([jingles = m_ownJingles + m_jingles](auto &station) { station->setJingles(jingles); });
}

void StationControl::setJingles(const QList<PlaylistEntry> &jingles)
{
    m_ownJingles = jingles;
    tellJingles();
}

void StationControl::tellTags(const QList<PlaylistEntry> &entries)
{
    tell([entries](auto &station) { station->updateEntries(entries); });
}

void StationControl::playNext(const QList<quint64> &entryIds)
{
    tell([entryIds](auto &station) { station->playNext(entryIds); });
}

void StationControl::setRecording(bool on)
{
    tell([on](auto &station) { station->setRecording(on); });
}

void StationControl::dropSource()
{
    tell([](auto &station) { station->dropSource(); });
}

void StationControl::dropListener(quint64 listenerId)
{
    tell([listenerId](auto &station) { station->dropListener(listenerId); });
}

void StationControl::setBans(const QList<Ban> &bans)
{
    tell([bans](auto &station) { station->setBans(bans); });
}

void StationControl::watchListeners(bool watched)
{
    tell([watched](auto &station) { station->watchListeners(watched); });
}

void StationControl::connectAuditor()
{
    if (!m_options.listensToItself)
        return;
    m_auditor = new Auditor(m_monitorToken, this);
    connect(this, &StationControl::statusChanged, m_auditor, &Auditor::take);
    connect(m_auditor, &Auditor::changed, this, [this](const Audition &audition) {
        m_audition = audition;
        emit auditionChanged(audition);
    });
    connect(m_auditor, &Auditor::alarmRaised, this, [this](const QString &sentence) {
        emit eventHappened({StationEvent::Kind::Problem, QDateTime::currentDateTime(), sentence});
    });
    connect(m_auditor, &Auditor::skipWished, this, &StationControl::skip);
}

} // namespace cycast
