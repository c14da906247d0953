// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What MainWindow keeps for the next start, and how it ends.
#include "core/station/stationcontrol.h"
#include "ui/desktop/sessionstore.h"
#include "ui/look/humanize.h"
#include "ui/onair/onairbar.h"
#include "ui/playlist/jingleeditor.h"
#include "ui/playlist/playlisteditor.h"
#include "ui/window/broadcastactions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/offerbar.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// The position within a long track is kept this often; the track itself at once.
constexpr qint64 positionStepMs = 60'000;

} // namespace

void MainWindow::restoreSession(const Session &session)
{
    m_editor->restore(session.entries, session.folders, session.savedAt);
    m_jingleEditor->restore(session.jingles);
    if (session.currentRow >= 0 && session.currentRow < session.entries.size()) {
        const PlaylistEntry &entry = session.entries.at(session.currentRow);
        m_lastEntry = entry.id;
        m_lastPositionMs = session.positionMs;
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
    session.currentRow = m_editor->model().rowOf(m_lastEntry);
    session.positionMs = session.currentRow < 0 ? 0 : m_lastPositionMs;
    session.onAir = !m_isClosing && m_control.isOnAir();
    session.geometry = saveGeometry();
    session.windowState = saveState();
    session.columns = m_columns->saveState();
    session.rows = m_rows->saveState();
    return session;
}

void MainWindow::followProgramme(const StationStatus &status)
{
    const bool isPlaylist = status.state == AirState::OnAir && status.heard == ProgrammeKind::Playlist &&
                            status.current.entryId != 0;
    if (!isPlaylist)
        return;
    const bool isNewTrack = status.current.entryId != m_lastEntry;
    m_lastEntry = status.current.entryId;
    m_lastPositionMs = status.positionMs;
    if (isNewTrack || qAbs(m_lastPositionMs - m_savedPositionMs) >= positionStepMs) {
        m_savedPositionMs = m_lastPositionMs;
        m_session->saveLater();
    }
}

void MainWindow::askOffAir(int listeners)
{
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Go off air?"),
        listeners == 1
            ? tr("1 person is listening and will be disconnected.")
            : tr("%1 people are listening and will be disconnected.").arg(humanize::number(listeners)),
        QMessageBox::Cancel, this);
    box->setObjectName(u"offAirQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *yes = box->addButton(tr("Go off air"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, m_broadcast, &BroadcastActions::goOffAir);
    box->open();
}

void MainWindow::askClose()
{
    if (findChild<QMessageBox *>(u"closeQuestion"_s) != nullptr)
        return;
    const int listeners = m_control.lastStatus().listeners;
    auto *box = new QMessageBox(QMessageBox::Question, tr("Quit and go off air?"),
                                listeners == 0 ? tr("The station is on the air. Quitting ends the broadcast.")
                                               : tr("The station is on the air, and %1 will be disconnected.")
                                                     .arg(humanize::listeners(listeners)),
                                QMessageBox::Cancel, this);
    box->setObjectName(u"closeQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *yes = box->addButton(tr("Quit"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, this, [this] {
        m_mayClose = true;
        m_control.goOffAir();
        close();
    });
    box->open();
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
        askClose();
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
