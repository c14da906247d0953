// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/jingleeditor.h"

#include "core/station/stationcontrol.h"
#include "ui/look/humanize.h"
#include "ui/playlist/playlistcommands.h"

#include <QUndoStack>

#include <algorithm>

namespace cycast
{

JingleEditor::JingleEditor(StationControl &control, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_undo(undo)
{
    m_send.setSingleShot(true);
    connect(&m_send, &QTimer::timeout, this, [this] { m_control.setJingles(m_model.entries().mid(0)); });
    connect(&m_model, &PlaylistModel::listChanged, this, [this] { m_send.start(0); });
    connect(&m_model, &PlaylistModel::totalsChanged, this, &JingleEditor::changed);
    connect(&control, &StationControl::filesFound, this, &JingleEditor::takeFiles);
    connect(&control, &StationControl::importFinished, this, [this](quint64 request) {
        m_imports.removeIf([request](const Import &one) { return one.request == request; });
    });
    connect(&control, &StationControl::tagsRead, &m_model, &PlaylistModel::updateTags);
    connect(&control, &StationControl::entryProblem, &m_model, &PlaylistModel::setProblem);
    connect(&control, &StationControl::entryMeasured, &m_model, &PlaylistModel::setMeasured);
    connect(&control, &StationControl::folderJinglesChanged, this, [this](const QList<PlaylistEntry> &all) {
        m_folderCount = static_cast<int>(all.size());
        emit changed();
    });
    connect(&control, &StationControl::statusChanged, &m_model, [this](const StationStatus &status) {
        const bool isOn = status.state == AirState::OnAir && status.heard == ProgrammeKind::Playlist;
        m_model.setPlaying(isOn ? status.current.entryId : 0);
    });
    const auto takeSettings = [this] {
        m_model.setEncoder(m_control.settings());
        emit changed();
    };
    connect(&control, &StationControl::settingsApplied, this, takeSettings);
    connect(&control, &StationControl::settingsRejected, this, takeSettings);
}

void JingleEditor::restore(const QList<PlaylistEntry> &jingles)
{
    if (jingles.isEmpty() && m_model.isEmpty())
        return;
    m_model.setEntries(jingles);
    m_send.stop();
    m_control.setJingles(jingles);
    QList<PlaylistEntry> unread = jingles;
    unread.removeIf([](const PlaylistEntry &entry) { return entry.tagsRead; });
    if (!unread.isEmpty())
        m_control.readTags(unread);
}

void JingleEditor::importPaths(const QStringList &paths, int row)
{
    if (paths.isEmpty())
        return;
    const bool isInside = row >= 0 && row < m_model.rowCount();
    m_imports.append({m_control.importJingles(paths), isInside ? m_model.entries().at(row).id : 0});
}

void JingleEditor::takeFiles(quint64 request, const QList<PlaylistEntry> &entries)
{
    const auto import = std::find_if(m_imports.cbegin(), m_imports.cend(),
                                     [request](const Import &one) { return one.request == request; });
    if (import == m_imports.cend() || entries.isEmpty())
        return;
    const int found = import->before == 0 ? -1 : m_model.rowOf(import->before);
    m_undo.push(new InsertTracks(m_model, found < 0 ? m_model.rowCount() : found, entries, request));
}

void JingleEditor::remove(QList<int> rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (!rows.isEmpty())
        m_undo.push(new RemoveTracks(m_model, rows));
}

void JingleEditor::move(QList<int> rows, int to)
{
    std::sort(rows.begin(), rows.end());
    const QList<int> order = orderAfterMove(m_model.rowCount(), rows, to);
    if (!order.isEmpty())
        m_undo.push(new ReorderTracks(m_model, order, tr("moving a jingle")));
}

const Settings::Jingles &JingleEditor::rule() const
{
    return m_control.settings().jingles;
}

void JingleEditor::setRule(int everySongs, int everyMinutes)
{
    m_control.change([everySongs, everyMinutes](Settings &settings) {
        settings.jingles.everySongs = everySongs;
        settings.jingles.everyMinutes = everyMinutes;
    });
}

QStringList JingleEditor::extensions() const
{
    return m_control.settings().playlist.extensions;
}

} // namespace cycast
