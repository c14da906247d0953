// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "core/station/stationcontrol.h"
#include "ui/buffer/adviserbar.h"
#include "ui/buffer/buffercard.h"
#include "ui/desktop/alarmbell.h"
#include "ui/desktop/recentfiles.h"
#include "ui/desktop/sessionstore.h"
#include "ui/listeners/banlist.h"
#include "ui/listeners/listenersview.h"
#include "ui/log/logdock.h"
#include "ui/onair/broadcastactions.h"
#include "ui/onair/listenbar.h"
#include "ui/onair/onairbar.h"
#include "ui/playlist/jingleeditor.h"
#include "ui/playlist/jinglesview.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/playlist/playlistmime.h"
#include "ui/playlist/playlisttable.h"
#include "ui/playlist/playlistview.h"
#include "ui/settings/presetsmenu.h"
#include "ui/settings/userpresets.h"
#include "ui/sources/knockdock.h"
#include "ui/window/leavequestions.h"
#include "ui/window/mainmenu.h"
#include "ui/window/offerbar.h"
#include "ui/window/stationstatusbar.h"
#include "ui/window/windowdialogs.h"

#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileInfo>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// What is kept beside the session; nothing where no session is kept.
QString besideSession(const QString &sessionFile, const QString &name)
{
    return sessionFile.isEmpty() ? QString() : QFileInfo(sessionFile).absoluteDir().filePath(name);
}

} // namespace

QString MainWindow::languageFile(const QString &sessionFile)
{
    return besideSession(sessionFile, u"language"_s);
}

MainWindow::MainWindow(StationControl &control, const QString &sessionFile, QWidget *parent)
    : MainWindow(control, sessionFile, nullptr, parent)
{
}

MainWindow::MainWindow(StationControl &control, const QString &sessionFile, const HandOver &takenOver)
    : MainWindow(control, sessionFile, &takenOver, nullptr)
{
}

MainWindow::MainWindow(StationControl &control, const QString &sessionFile, const HandOver *takenOver,
                       QWidget *parent)
    : QMainWindow(parent)
    , m_control(control)
    , m_session(std::make_unique<SessionStore>(sessionFile, [this] { return collectSession(); }))
    , m_editor(new PlaylistEditor(control, m_undo, this))
    , m_jingleEditor(new JingleEditor(control, m_undo, this))
    , m_broadcast(new BroadcastActions(control, this))
    , m_dialogs(new WindowDialogs(control, m_undo, *m_broadcast, *this))
    , m_languageFile(languageFile(sessionFile))
    , m_bell(new AlarmBell(control, this))
    , m_bans(new BanList(control, besideSession(sessionFile, u"bans.json"_s), this))
    , m_recent(new RecentFiles(besideSession(sessionFile, u"recent.json"_s), this))
    , m_userPresets(new UserPresets(besideSession(sessionFile, u"presets.json"_s), this))
    , m_takesOver(takenOver != nullptr)
{
    setUp();
    start(takenOver != nullptr ? takenOver->session : m_session->load());
    if (takenOver != nullptr) {
        m_editor->goOnWith(takenOver->imports);
        m_jingleEditor->goOnWith(takenOver->jingleImports);
    }
}

void MainWindow::setUp()
{
    setObjectName(u"mainWindow"_s);
    setAcceptDrops(true);
    setAnimated(false); // docks: nothing in here moves by itself
    placeParts();
    makeMenus();
    connectParts();
}

void MainWindow::start(const Session &session)
{
    restoreSession(session);
    updateTitle();
    if (m_editor->model().isEmpty())
        m_bar->airButton()->setFocus();
    else
        m_playlist->table()->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::placeParts()
{
    auto *center = new QWidget(this);
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins(14, 4, 14, 4);
    layout->setSpacing(12);
    m_bar = new OnAirBar(m_control, *m_broadcast, center);
    m_columns = new QSplitter(Qt::Horizontal, center);
    m_rows = new QSplitter(Qt::Vertical, m_columns);
    m_playlist = new PlaylistView(*m_editor, m_columns);
    m_jingles = new JinglesView(*m_jingleEditor, m_playlist);
    m_playlist->body()->addWidget(m_jingles);
    m_buffer = new BufferCard(m_control, m_rows);
    m_listeners = new ListenersView(m_control, m_rows);
    m_listeners->setBanList(*m_bans);
    m_rows->addWidget(m_buffer);
    m_rows->addWidget(m_listeners);
    m_columns->addWidget(m_playlist);
    m_columns->addWidget(m_rows);
    for (QSplitter *splitter : {m_columns, m_rows}) {
        splitter->setHandleWidth(12);
        splitter->setChildrenCollapsible(false);
    }
    m_columns->setStretchFactor(0, 3);
    m_columns->setStretchFactor(1, 5);
    m_rows->setStretchFactor(0, 5);
    m_rows->setStretchFactor(1, 4);
    m_columns->setSizes({466, 774});
    m_rows->setSizes({340, 272});
    m_adviser = new AdviserBar(m_control, m_undo, center);
    m_listen = new ListenBar(center);
    layout->addWidget(m_bar);
    layout->addWidget(m_listen);
    layout->addWidget(m_adviser);
    m_offer = new OfferBar(center);
    layout->addWidget(m_offer);
    connect(m_offer, &OfferBar::accepted, this, &MainWindow::goOnAir);
    layout->addWidget(m_columns, 1);
    setCentralWidget(center);
    placeDocks();
    setStatusBar(new StationStatusBar(m_control, this));
    for (QWidget *pane :
         {static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_listen), static_cast<QWidget *>(m_adviser),
          static_cast<QWidget *>(m_playlist), static_cast<QWidget *>(m_buffer),
          static_cast<QWidget *>(m_listeners), static_cast<QWidget *>(m_knocks),
          static_cast<QWidget *>(m_log), static_cast<QWidget *>(statusBar())})
        m_panes.add(pane);
    // Large letters want a large window, as far as the screen has room for it.
    const double letters = std::clamp(fontMetrics().height() / 18.0, 1.0, 2.5);
    const QSize usual(1280, 800);
    resize((usual * letters).boundedTo(screen()->availableSize().expandedTo(usual)));
}

void MainWindow::placeDocks()
{
    m_knocks = new KnockDock(m_control, this);
    addDockWidget(Qt::BottomDockWidgetArea, m_knocks);
    m_knocks->hide();
    connect(m_knocks, &KnockDock::valuesAsked, m_dialogs, &WindowDialogs::showConnectDj);
    connect(m_knocks, &KnockDock::settingAsked, m_dialogs, &WindowDialogs::showSetting);
    connect(m_knocks, &KnockDock::refused, this, [this](const QString &sentence) {
        if (!m_knocks->isVisible())
            statusBar()->showMessage(tr("%1. See View, Who knocked.").arg(sentence), 15000);
    });
    auto *log = new LogDock(this);
    connect(this, &MainWindow::logged, log, &LogDock::append);
    log->setVerbose(m_control.settings().advanced.verboseLogging);
    connect(log, &LogDock::verboseToggled, this, [this](bool verbose) {
        m_control.change([verbose](Settings &settings) { settings.advanced.verboseLogging = verbose; });
    });
    connect(&m_control, &StationControl::settingsApplied, log,
            [log](const Settings &settings) { log->setVerbose(settings.advanced.verboseLogging); });
    m_log = log;
    m_log->setObjectName(u"logDock"_s);
    addDockWidget(Qt::BottomDockWidgetArea, m_log);
    m_log->hide();
    tabifyDockWidget(m_log, m_knocks);
}

void MainWindow::makeMenus()
{
    auto *presets = new PresetsMenu(m_control, m_undo, this);
    presets->setUserPresets(*m_userPresets);
    auto *menu = new MainMenu(*this, {m_playlist->actions(), *m_broadcast, *m_dialogs, m_panes, m_recent,
                                      presets, m_jingles->toggleAction(), m_log->toggleViewAction(),
                                      m_knocks->toggleViewAction(), m_buffer->exportActions(), m_listeners,
                                      m_languageFile});
    connect(menu, &MainMenu::languageChosen, this, &MainWindow::languageChosen);
}

void MainWindow::connectParts()
{
    const PlaylistModel &list = m_editor->model();
    connect(m_editor, &PlaylistEditor::importAsked, m_recent, &RecentFiles::remember);
    connect(m_recent, &RecentFiles::chosen, this, [this](const QString &path) { openPaths({path}); });
    connect(m_broadcast, &BroadcastActions::phaseChanged, this, [this] {
        if (m_broadcast->phase() != BroadcastActions::Phase::Off)
            m_offer->hide();
        else
            m_listen->end();
        if (!m_isClosing)
            m_session->saveLater();
    });
    connect(m_editor, &PlaylistEditor::logged, this, &MainWindow::appendLog);
    connect(m_editor, &PlaylistEditor::startChosen, m_bar, &OnAirBar::setStart);
    connect(m_editor, &PlaylistEditor::startChosen, this, [this](const TrackInfo &track) {
        m_lastHeard.set(track.entryId, 0);
        m_session->saveLater();
    });
    connect(&list, &PlaylistModel::totalsChanged, m_session.get(), &SessionStore::saveLater);
    connect(&m_jingleEditor->model(), &PlaylistModel::totalsChanged, m_session.get(),
            &SessionStore::saveLater);
    connect(m_editor, &PlaylistEditor::foldersChanged, m_session.get(), &SessionStore::saveLater);
    connect(&list, &PlaylistModel::listChanged, m_bar,
            [this] { m_bar->setWaiting(m_editor->model().rowCount()); });
    connect(&m_control, &StationControl::tagProgress, m_playlist, &PlaylistView::showProgress);
    connect(&m_control, &StationControl::statusChanged, this, &MainWindow::followProgramme);
    connect(&m_control, &StationControl::settingsApplied, this, &MainWindow::updateTitle);
    connect(m_broadcast, &BroadcastActions::phaseChanged, this, &MainWindow::updateTitle);
    connect(m_broadcast, &BroadcastActions::offAirAsked, this, [this](int listeners) {
        leavequestions::askOffAir(this, listeners, [this] { m_broadcast->goOffAir(); });
    });
    // Through this machine's own address: the way to a listener's player, without the router between.
    connect(m_broadcast, &BroadcastActions::listenAsked, this, [this](const QString &pageUrl) {
        const StationAddresses &addresses = m_broadcast->addresses();
        m_listen->listen(addresses.localUrl.isEmpty() ? addresses.streamUrl : addresses.localUrl, pageUrl);
    });
    connect(m_listen, &ListenBar::browserWanted, this, &MainWindow::openUrl);
    connect(m_broadcast, &BroadcastActions::shareAsked, m_dialogs, &WindowDialogs::showShare);
    connect(m_broadcast, &BroadcastActions::outsideAsked, m_dialogs, &WindowDialogs::showReach);
    const auto sayCopied = [this](const QString &text) {
        statusBar()->showMessage(tr("Copied: %1").arg(text), 4000);
    };
    connect(m_broadcast, &BroadcastActions::linkCopied, this, sayCopied);
    connect(m_dialogs, &WindowDialogs::copied, this, sayCopied);
    for (QSplitter *splitter : {m_columns, m_rows})
        connect(splitter, &QSplitter::splitterMoved, m_session.get(), &SessionStore::saveLater);
    for (QDockWidget *dock : {m_log, static_cast<QDockWidget *>(m_knocks)})
        connect(dock, &QDockWidget::visibilityChanged, m_session.get(), &SessionStore::saveLater);
    connect(m_bans, &BanList::noticed, this, [this](const QString &sentence) {
        appendLog({LogEntry::Level::Warning, QDateTime::currentDateTime(), u"listener"_s, sentence});
    });
    const auto noteOfSession = [this](const QString &sentence) {
        appendLog({LogEntry::Level::Warning, QDateTime::currentDateTime(), u"session"_s, sentence});
    };
    connect(m_session.get(), &SessionStore::noticed, this, noteOfSession);
    connect(m_userPresets, &UserPresets::noticed, this, noteOfSession);
}

bool MainWindow::isPlaylistEmpty() const
{
    return m_editor->model().isEmpty() && !m_editor->isImporting();
}

void MainWindow::openPaths(const QStringList &paths)
{
    m_editor->importPaths(paths);
}

void MainWindow::appendLog(const LogEntry &entry)
{
    emit logged(entry);
}

void MainWindow::goOnAir()
{
    m_broadcast->goOnAir();
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::updateTitle()
{
    const QString station = m_control.settings().metadata.stationName.simplified();
    const QString name =
        station.isEmpty() ? tr("Cycast Desktop") : tr("%1 \u2014 Cycast Desktop").arg(station);
    setWindowTitle(m_broadcast->phase() == BroadcastActions::Phase::On ? tr("ON AIR: %1").arg(name) : name);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (draggedRows(event->mimeData()).isEmpty() && !droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    openPaths(droppedPaths(event->mimeData()));
}

void MainWindow::openUrl(const QString &url)
{
    if (!QDesktopServices::openUrl(QUrl(url)))
        m_playlist->showNotice(tr("No browser could be started. The address is %1").arg(url), true);
}

void MainWindow::restoreSession(const Session &session)
{
    m_editor->restore(session.entries, session.folders, session.savedAt);
    m_jingleEditor->restore(session.jingles);
    if (session.currentRow >= 0 && session.currentRow < session.entries.size()) {
        const PlaylistEntry &entry = session.entries.at(session.currentRow);
        m_lastHeard.set(entry.id, session.positionMs);
        if (!m_takesOver)
            m_control.playFrom(entry.id, session.positionMs);
        m_bar->setStart(entry.track);
    }
    restoreGeometry(session.geometry);
    restoreState(session.windowState);
    m_columns->restoreState(session.columns);
    m_rows->restoreState(session.rows);
    m_isRestoring = false;
    if (session.onAir && !m_takesOver) {
        m_offer->offer(
            tr("The program ended while the station was on the air. Playlist, track and settings are "
               "as they were."),
            tr("Go on &air again"));
    }
}

Session MainWindow::collectSession() const
{
    Session session;
    session.entries = m_editor->model().entries();
    session.jingles = m_jingleEditor->model().entries().mid(0);
    session.folders = m_editor->watchedFolders();
    session.savedAt = QDateTime::currentDateTimeUtc();
    session.currentRow = m_editor->model().rowOf(m_lastHeard.entryId());
    session.positionMs = session.currentRow < 0 ? 0 : m_lastHeard.positionMs();
    session.onAir = !m_isClosing && m_control.isOnAir();
    session.geometry = saveGeometry();
    session.windowState = saveState();
    session.columns = m_columns->saveState();
    session.rows = m_rows->saveState();
    return session;
}

void MainWindow::followProgramme(const StationStatus &status)
{
    if (m_lastHeard.follow(status))
        m_session->saveLater();
}

HandOver MainWindow::handOver()
{
    m_isHandedOver = true;
    return {collectSession(), m_editor->imports(), m_jingleEditor->imports()};
}

void MainWindow::closeWithoutAsking()
{
    m_mayClose = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_control.isOnAir() && !m_mayClose && !m_isHandedOver) {
        event->ignore();
        leavequestions::askQuit(this, m_control.lastStatus().listeners, [this] {
            m_mayClose = true;
            m_control.goOffAir();
            close();
        });
        return;
    }
    if (m_isHandedOver) {
        event->accept();
        return;
    }
    m_isClosing = true;
    m_session->saveNow();
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (!m_isRestoring)
        m_session->saveLater();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QMainWindow::moveEvent(event);
    if (!m_isRestoring)
        m_session->saveLater();
}

} // namespace cycast
