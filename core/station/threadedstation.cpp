// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/threadedstation.h"

#include "core/acme/certifier.h"
#include "core/announce/announcer.h"
#include "core/audition/auditor.h"
#include "core/base/log.h"
#include "core/base/threadhop.h"
#include "core/librarian/librarian.h"
#include "core/station/orderstore.h"
#include "core/station/roomoptions.h"
#include "core/station/station.h"
#include "core/station/wantedsettings.h"
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
    , m_wanted(std::make_unique<WantedSettings>(m_options.portRule))
    , m_librarian(std::make_unique<Librarian>(Librarian::Options{
          m_options.baseDirectory, m_options.loadsDirectory, m_options.isWatched, m_options.folderPace}))
    , m_order(std::make_unique<OrderStore>(m_options.orderFile))
    , m_announcer(std::make_unique<Announcer>(m_options.announceFile))
    , m_certifier(std::make_unique<Certifier>(m_options.certificateFolder))
{
    qRegisterMetaType<QList<SettingsProblem>>();
    m_thread.setObjectName(u"cycast-station"_s);
    moveInto(&m_thread, m_worker);
    m_thread.start(QThread::HighPriority);
    m_monitorToken = randomToken();
    post([this, worker = m_worker, token = m_monitorToken, base = m_options.baseDirectory,
          isWatched = m_options.isWatched, recordings = defaultRecordingsFolder()](auto &) {
        worker->station = std::make_unique<Station>();
        Station *station = worker->station.get();
        station->setMonitorToken(token);
        station->watchStatus(isWatched);
        station->setFolders(base, recordings);
        connectStation(station);
    });
    connectSettings();
    connectOutside();
    connectLibrarian();
    followAudition();
}

ThreadedStation::~ThreadedStation()
{
    delete m_auditor;
    m_librarian.reset();
    endThread(&m_thread);
}

// Called in the station's thread.
void ThreadedStation::connectStation(Station *station)
{
    relay(station, &Station::statusChanged, &ThreadedStation::receiveStatus);
    relay(station, &Station::listenersChanged, &ThreadedStation::listenersChanged);
    relay(station, &Station::settingsApplied, &ThreadedStation::receiveSettings);
    relay(station, &Station::certificatesChecked, &ThreadedStation::receiveCertificates);
    relay(station, &Station::settingsRejected, &ThreadedStation::receiveRejection);
    relay(station, &Station::onAir, &ThreadedStation::onAir);
    relay(station, &Station::onAirFailed, &ThreadedStation::onAirFailed);
    relay(station, &Station::offAir, &ThreadedStation::offAir);
    relay(station, &Station::addressesChanged, &ThreadedStation::addressesChanged);
    relay(station, &Station::eventHappened, &ThreadedStation::eventHappened);
    relay(station, &Station::sourceAttempted, &ThreadedStation::sourceAttempted);
    relay(station, &Station::entryProblem, &ThreadedStation::entryProblem);
    connect(station, &Station::entryRead, station, [this](const PlaylistEntry &entry) {
        hopTo(this, [this, entry] { m_librarian->followTags({entry}); });
    });
    relay(station, &Station::entryMeasured, &ThreadedStation::entryMeasured);
    relay(station, &Station::orderChanged, &ThreadedStation::receiveOrder);
}

void ThreadedStation::connectSettings()
{
    connect(m_wanted.get(), &WantedSettings::chosen, this, [this](const Settings &settings) {
        m_settings = settings;
        m_librarian->prepareWatch(settings);
    });
    connect(m_wanted.get(), &WantedSettings::accepted, this, [this](const Settings &settings) {
        post([settings](auto &station) { station->applySettings(settings); });
    });
    connect(m_wanted.get(), &WantedSettings::rejected, this, &ThreadedStation::settingsRejected);
}

void ThreadedStation::connectLibrarian()
{
    const Librarian *librarian = m_librarian.get();
    connect(librarian, &Librarian::folderChanged, this, &ThreadedStation::setPlaylist);
    connect(librarian, &Librarian::jinglesChanged, this, [this](const QList<PlaylistEntry> &jingles) {
        post([jingles](auto &station) { station->setJingles(jingles); });
    });
    // Rows that the station does not have yet will come with their tags.
    connect(librarian, &Librarian::tagsRead, this, [this](const QList<PlaylistEntry> &entries) {
        post([entries](auto &station) { station->updateEntries(entries); });
        emit tagsRead(entries);
    });
    connect(this, &ThreadedStation::entryProblem, m_librarian.get(),
            [this](quint64 entryId, const QString &reason, EntryFault fault) {
                if (!reason.isEmpty())
                    m_librarian->followProblem(entryId, fault);
            });
    connect(librarian, &Librarian::entryMeasured, this, &ThreadedStation::entryMeasured);
    connect(librarian, &Librarian::filesFound, this, &ThreadedStation::filesFound);
    connect(librarian, &Librarian::importFinished, this, &ThreadedStation::importFinished);
    connect(librarian, &Librarian::tagProgress, this, &ThreadedStation::tagProgress);
    connect(librarian, &Librarian::foldersWatched, this, &ThreadedStation::foldersWatched);
    connect(librarian, &Librarian::filesAppeared, this, &ThreadedStation::filesAppeared);
    connect(librarian, &Librarian::filesVanished, this, &ThreadedStation::filesVanished);
    connect(librarian, &Librarian::folderJinglesChanged, this, &ThreadedStation::folderJinglesChanged);
    connect(librarian, &Librarian::coverRead, this, &ThreadedStation::coverRead);
    connect(librarian, &Librarian::playlistExported, this, &ThreadedStation::playlistExported);
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
    m_wanted->followApplied(settings);
    followAudition();
    m_librarian->followSettings(settings);
    announce();
    emit settingsApplied(settings, m_wanted->warnings(settings));
    m_wanted->proceed();
}

// The settings are the same, what is wrong with them is not.
void ThreadedStation::receiveCertificates(const QList<SettingsProblem> &warnings)
{
    m_wanted->setCertificateWarnings(warnings);
    if (!m_wanted->areAwaited()) // else they come with the answer
        emit settingsApplied(m_settings, m_wanted->warnings(m_settings));
}

void ThreadedStation::receiveRejection(const QList<SettingsProblem> &problems)
{
    emit settingsRejected(problems);
    m_wanted->proceed();
}

void ThreadedStation::receiveOrder(const OrderState &order)
{
    if (m_hasRestoredOrder) // never over a state that was not read yet
        m_order->save(m_librarian->rows(), order);
}

void ThreadedStation::receiveStatus(const StationStatus &status)
{
    m_status = status;
    emit statusChanged(status);
    announce();
}

template<class Call>
void ThreadedStation::post(Call &&call)
{
    hopTo(m_worker,
          [worker = m_worker, call = std::forward<Call>(call)]() mutable { call(worker->station); });
}

void ThreadedStation::change(const std::function<void(Settings &)> &change)
{
    m_wanted->add(change);
}

void ThreadedStation::applySettings(const Settings &settings)
{
    m_wanted->add([settings](Settings &wanted) { wanted = settings; }, true);
}

void ThreadedStation::goOnAir()
{
    // Never with settings that nobody has chosen: they open the doors to everybody.
    if (!m_wanted->areChosen()) {
        hopTo(this, [this] { emit onAirFailed(Core::tr("There are no settings that could be used.")); });
        return;
    }
    post([](auto &station) { station->goOnAir(); });
}

void ThreadedStation::goOffAir()
{
    post([](auto &station) { station->goOffAir(); });
}

void ThreadedStation::setPlaylist(const EntryList &entries)
{
    m_librarian->setRows(entries);
    // The first list with something in it goes on where the last run ended.
    if (!entries.isEmpty() && !std::exchange(m_hasRestoredOrder, true)) {
        m_librarian->surveyRestored();
        post([entries, order = m_order->load(entries)](auto &station) {
            station->restorePlaylist(entries, order);
        });
        return;
    }
    post([entries](auto &station) { station->setPlaylist(entries); });
}

void ThreadedStation::skip()
{
    post([](auto &station) { station->skip(); });
}

void ThreadedStation::playFrom(quint64 entryId, qint64 positionMs)
{
    post([entryId, positionMs](auto &station) { station->playFrom(entryId, positionMs); });
}

void ThreadedStation::playNext(const QList<quint64> &entryIds)
{
    post([entryIds](auto &station) { station->playNext(entryIds); });
}

void ThreadedStation::setRecording(bool on)
{
    post([on](auto &station) { station->setRecording(on); });
}

void ThreadedStation::dropSource()
{
    post([](auto &station) { station->dropSource(); });
}

void ThreadedStation::dropListener(quint64 listenerId)
{
    post([listenerId](auto &station) { station->dropListener(listenerId); });
}

void ThreadedStation::setBans(const QList<Ban> &bans)
{
    post([bans](auto &station) { station->setBans(bans); });
}

void ThreadedStation::setOutside(const Outside &outside)
{
    post([outside](auto &station) { station->setOutside(outside); });
}

void ThreadedStation::checkReach()
{
    post([](auto &station) { station->checkReach(); });
}

void ThreadedStation::watchListeners(bool watched)
{
    post([watched](auto &station) { station->watchListeners(watched); });
}

void ThreadedStation::connectOutside()
{
    connect(m_announcer.get(), &Announcer::directoryChanged, this, [this](const DirectoryStatus &directory) {
        post([directory](auto &station) { station->setDirectoryStatus(directory); });
    });
    if (m_options.prepareCertifier)
        m_options.prepareCertifier(*m_certifier);
    connect(m_certifier.get(), &Certifier::proofChanged, this, [this](const CertificateProof &proof) {
        post([proof](auto &station) { station->setProof(proof); });
        emit challengePortsWanted(!proof.isEmpty());
    });
    connect(m_certifier.get(), &Certifier::certificateChanged, this, [this](const QString &file) {
        post([file](auto &station) { station->setOwnCertificate(file); });
    });
    connect(m_certifier.get(), &Certifier::statusChanged, this, [this](const HttpsStatus &https) {
        post([https](auto &station) { station->setHttpsStatus(https); });
    });
}

void ThreadedStation::getCertificate()
{
    m_certifier->tryNow();
}

// Nothing is told before somebody has chosen settings.
void ThreadedStation::announce()
{
    if (!m_wanted->areChosen())
        return;
    m_announcer->follow(announcementsOf(m_settings, m_status.outside, m_status));
    // Who is off the air has no door at which anybody could look.
    m_certifier->follow(isOnAir() ? certificateWishOf(m_settings, m_status.outside) : Certifier::Wish());
}

// ---------------------------------------------------------------- the librarian's

void ThreadedStation::setJingles(const QList<PlaylistEntry> &jingles)
{
    m_librarian->setJingles(jingles);
}

quint64 ThreadedStation::importPaths(const QStringList &paths)
{
    return m_librarian->importPaths(paths);
}

quint64 ThreadedStation::importJingles(const QStringList &paths)
{
    return m_librarian->importJingles(paths);
}

void ThreadedStation::readTags(const QList<PlaylistEntry> &entries, RowList list)
{
    m_librarian->readTags(entries, list);
}

void ThreadedStation::cancelImport()
{
    m_librarian->cancelImport();
}

void ThreadedStation::exportPlaylist(const EntryList &entries, const QString &path)
{
    m_librarian->exportPlaylist(entries, path);
}

void ThreadedStation::lookForFiles(const EntryList &entries)
{
    m_librarian->lookForFiles(entries);
}

void ThreadedStation::watchFolders(const QStringList &folders, const QDateTime &since)
{
    m_librarian->watchFolders(folders, since);
}

void ThreadedStation::readCover(quint64 entryId)
{
    m_librarian->readCover(entryId);
}

// ---------------------------------------------------------------- the built-in listener

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
        post([isWatched = m_options.isWatched || isWanted](auto &station) {
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
    connect(m_auditor, &Auditor::alarmRaised, this, [this](const Sentence &sentence) {
        emit eventHappened({StationEvent::Kind::Problem, QDateTime::currentDateTime(), sentence});
    });
    connect(m_auditor, &Auditor::skipWished, this, &ThreadedStation::skip);
}

} // namespace cycast
