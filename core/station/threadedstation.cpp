// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/threadedstation.h"

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
class ThreadedStation::Worker : public QObject
{
public:
    std::unique_ptr<Station> station;
};

ThreadedStation::ThreadedStation(StationOptions options, QObject *parent)
    : StationControl(parent)
    , m_options(std::move(options))
    , m_worker(new Worker)
    , m_library(std::make_unique<Library>())
    , m_watch(std::make_unique<FolderWatch>(nullptr, m_options.folderPace))
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
        relay(station, &Station::statusChanged, &ThreadedStation::receiveStatus);
        relay(station, &Station::listenersChanged, &ThreadedStation::listenersChanged);
        relay(station, &Station::settingsApplied, &ThreadedStation::receiveSettings);
        relay(station, &Station::settingsRejected, &ThreadedStation::receiveRejection);
        relay(station, &Station::onAir, &ThreadedStation::onAir);
        relay(station, &Station::onAirFailed, &ThreadedStation::onAirFailed);
        relay(station, &Station::offAir, &ThreadedStation::offAir);
        relay(station, &Station::addressesChanged, &ThreadedStation::addressesChanged);
        relay(station, &Station::eventHappened, &ThreadedStation::eventHappened);
        relay(station, &Station::sourceAttempted, &ThreadedStation::sourceAttempted);
        relay(station, &Station::entryProblem, &ThreadedStation::entryProblem);
        connect(station, &Station::entryRead, station,
                [this](const PlaylistEntry &entry) { hopTo(this, [this, entry] { takeTags({entry}); }); });
        relay(station, &Station::entryMeasured, &ThreadedStation::entryMeasured);
        connect(station, &Station::orderChanged, station, [this](const OrderState &order) {
            hopTo(this, [this, order] {
                if (m_hasRestoredOrder) // never over a state that was not read yet
                    m_order->save(m_playlist, order);
            });
        });
    });
    connectLibrary();
    followAudition();
    connectWatch();
}

ThreadedStation::~ThreadedStation()
{
    delete m_auditor;
    m_library.reset();
    m_survey.reset();
    m_watch.reset();
    m_jingleWatch.reset();
    endThread(&m_thread);
}

// Called in the station's thread. This object outlives that thread, so the way back is always open.
template<class Owner, class... Values>
void ThreadedStation::relay(Station *station, void (Station::*told)(Values...),
                            void (Owner::*answer)(Values...))
{
    connect(station, told, station, [this, answer](Values... values) {
        hopTo(this, [this, answer, values...] { (this->*answer)(values...); });
    });
}

void ThreadedStation::receiveSettings(const Settings &settings)
{
    m_settings = settings;
    followAudition();
    m_survey->setRules({settings.encoder.loudness, m_options.isWatched, settings.encoder.channels});
    loadDirectory();
    loadJingles();
    tellWatch();
    QList<SettingsProblem> warnings = validate(settings, m_options.portRule);
    warnings.append(m_tlsWarnings);
    emit settingsApplied(settings, warnings);
    m_awaitsAnswer = false;
    takeNextChange();
}

void ThreadedStation::receiveRejection(const QList<SettingsProblem> &problems)
{
    emit settingsRejected(problems);
    m_awaitsAnswer = false;
    takeNextChange();
}

void ThreadedStation::receiveStatus(const StationStatus &status)
{
    m_status = status;
    emit statusChanged(status);
}

template<class Call>
void ThreadedStation::tell(Call &&call)
{
    hopTo(m_worker,
          [worker = m_worker, call = std::forward<Call>(call)]() mutable { call(worker->station); });
}

void ThreadedStation::change(const std::function<void(Settings &)> &change)
{
    m_changes.push_back({change, false});
    takeNextChange();
}

void ThreadedStation::applySettings(const Settings &settings)
{
    m_changes.push_back({[settings](Settings &wanted) { wanted = settings; }, true});
    takeNextChange();
}

// One at a time: what the station refuses (a port that is taken) is not among the next one's settings.
void ThreadedStation::takeNextChange()
{
    while (!m_awaitsAnswer && !m_changes.empty()) {
        const Change next = std::move(m_changes.front());
        m_changes.pop_front();
        Settings wanted = m_settings;
        next.change(wanted);
        if (next.isAlwaysApplied || wanted != m_settings)
            hand(wanted);
    }
}

void ThreadedStation::hand(const Settings &wanted)
{
    QList<SettingsProblem> problems = validate(wanted, m_options.portRule);
    std::optional<TlsIdentity> identity = TlsIdentity();
    if (!hasErrors(problems))
        identity = identityFor(wanted, problems);
    if (hasErrors(problems)) {
        emit settingsRejected(problems);
        return;
    }
    if (!std::exchange(m_hasSettings, true)) {
        m_settings = wanted;
        tellWatch();
    }
    m_awaitsAnswer = true;
    tell([wanted, identity](auto &station) { station->applySettings(wanted, identity); });
}

// Read each time: a renewed certificate has the same name. Two small files, on this side of the door. One
// that cannot be read any more is no reason to refuse everything else: the one in force stays (nullopt), none
// at the start. Only a change to such a file is refused.
std::optional<TlsIdentity> ThreadedStation::identityFor(const Settings &settings,
                                                        QList<SettingsProblem> &problems)
{
    m_tlsWarnings.clear();
    const Settings::Server &server = settings.server;
    if (server.tlsCertificate.isEmpty())
        return TlsIdentity();
    const auto identity = loadTlsIdentity(absolute(server.tlsCertificate), absolute(server.tlsKey));
    if (identity) {
        const QString warning = expiryWarning(*identity, QDateTime::currentDateTime());
        if (!warning.isEmpty())
            qCWarning(lcSettings).noquote() << warning;
        return *identity;
    }
    const TlsProblem &problem = identity.error();
    const QString field =
        problem.isAboutKey && !server.tlsKey.isEmpty() ? u"server.tls_key"_s : u"server.tls_certificate"_s;
    const bool isNew = server.tlsCertificate != m_settings.server.tlsCertificate ||
                       server.tlsKey != m_settings.server.tlsKey;
    if (isNew && m_hasSettings) {
        problems.append({field, problem.sentence});
        return std::nullopt;
    }
    if (!m_hasSettings) {
        qCCritical(lcSettings).noquote()
            << u"%1: %2 The station starts without https."_s.arg(field, problem.sentence);
    }
    m_tlsWarnings = {{field, problem.sentence, true}};
    return std::nullopt;
}

void ThreadedStation::goOnAir()
{
    // Never with settings that nobody has chosen: they open the doors to everybody.
    if (!m_hasSettings) {
        hopTo(this, [this] { emit onAirFailed(u"There are no settings that could be used."_s); });
        return;
    }
    tell([](auto &station) { station->goOnAir(); });
}

void ThreadedStation::goOffAir()
{
    tell([](auto &station) { station->goOffAir(); });
}

void ThreadedStation::setPlaylist(const EntryList &entries)
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

void ThreadedStation::skip()
{
    tell([](auto &station) { station->skip(); });
}

void ThreadedStation::playFrom(quint64 entryId, qint64 positionMs)
{
    tell([entryId, positionMs](auto &station) { station->playFrom(entryId, positionMs); });
}

void ThreadedStation::tellJingles()
{
    tell([jingles = m_ownJingles + m_jingles](auto &station) { station->setJingles(jingles); });
}

void ThreadedStation::setJingles(const QList<PlaylistEntry> &jingles)
{
    m_ownJingles = jingles;
    tellJingles();
}

void ThreadedStation::tellTags(const QList<PlaylistEntry> &entries)
{
    tell([entries](auto &station) { station->updateEntries(entries); });
}

void ThreadedStation::playNext(const QList<quint64> &entryIds)
{
    tell([entryIds](auto &station) { station->playNext(entryIds); });
}

void ThreadedStation::setRecording(bool on)
{
    tell([on](auto &station) { station->setRecording(on); });
}

void ThreadedStation::dropSource()
{
    tell([](auto &station) { station->dropSource(); });
}

void ThreadedStation::dropListener(quint64 listenerId)
{
    tell([listenerId](auto &station) { station->dropListener(listenerId); });
}

void ThreadedStation::setBans(const QList<Ban> &bans)
{
    tell([bans](auto &station) { station->setBans(bans); });
}

void ThreadedStation::watchListeners(bool watched)
{
    tell([watched](auto &station) { station->watchListeners(watched); });
}

void ThreadedStation::followAudition()
{
    const bool isWanted =
        m_options.listensToItself || (m_options.listensWhenItActs && m_settings.alarm.skipWhenSilent);
    if (!isWanted && m_auditor != nullptr) {
        delete std::exchange(m_auditor, nullptr);
        m_audition = {};
        emit auditionChanged(m_audition);
    }
    if (m_options.listensWhenItActs) // it goes by the status
        tell([isWatched = m_options.isWatched || isWanted](auto &station) {
            station->watchStatus(isWatched);
        });
    if (!isWanted)
        return;
    if (m_auditor == nullptr)
        makeAuditor();
    m_auditor->setRules(auditionRules(m_settings));
}

void ThreadedStation::makeAuditor()
{
    m_auditor = new Auditor(m_monitorToken, this);
    connect(this, &ThreadedStation::statusChanged, m_auditor, &Auditor::take);
    connect(m_auditor, &Auditor::changed, this, [this](const Audition &audition) {
        m_audition = audition;
        emit auditionChanged(audition);
    });
    connect(m_auditor, &Auditor::alarmRaised, this, [this](const QString &sentence) {
        emit eventHappened({StationEvent::Kind::Problem, QDateTime::currentDateTime(), sentence});
    });
    connect(m_auditor, &Auditor::skipWished, this, &ThreadedStation::skip);
}

} // namespace cycast
