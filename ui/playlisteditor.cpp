// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlisteditor.h"

#include "core/stationcontrol.h"
#include "ui/humanize.h"
#include "ui/playlistcommands.h"

#include <QUndoStack>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace cycast
{

PlaylistEditor::PlaylistEditor(StationControl &control, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_undo(undo)
{
    m_send.setSingleShot(true);
    m_send.setInterval(0ms);
    m_sendTags.setSingleShot(true);
    m_sendTags.setInterval(2s);
    const auto send = [this] {
        m_send.stop();
        m_sendTags.stop();
        m_control.setPlaylist(m_model.entries());
    };
    connect(&m_send, &QTimer::timeout, this, send);
    connect(&m_sendTags, &QTimer::timeout, this, send);
    connect(&m_model, &PlaylistModel::listChanged, this, &PlaylistEditor::sendLater);

    connect(&control, &StationControl::filesFound, this, &PlaylistEditor::takeFiles);
    connect(&control, &StationControl::importFinished, this, &PlaylistEditor::finishImport);
    connect(&control, &StationControl::tagsRead, this, [this](const QList<PlaylistEntry> &entries) {
        m_model.updateTags(entries);
        if (!m_sendTags.isActive())
            m_sendTags.start();
    });
    connect(&control, &StationControl::entryProblem, &m_model, &PlaylistModel::setProblem);
    connect(&control, &StationControl::statusChanged, &m_model, [this](const StationStatus &status) {
        const bool isOn = status.state == AirState::OnAir && status.heard == ProgrammeKind::Playlist;
        m_model.setPlaying(isOn ? status.current.entryId : 0);
    });
    connect(&control, &StationControl::settingsApplied, this, &PlaylistEditor::tellSettings);
    connect(&control, &StationControl::settingsRejected, this, &PlaylistEditor::tellSettings);
    connect(
        &control, &StationControl::playlistExported, this, [this](const QString &path, const QString &error) {
            const QString sentence = error.isEmpty() ? tr("The playlist is saved as %1.").arg(path) : error;
            emit noticed(sentence, !error.isEmpty());
            log(error.isEmpty() ? LogEntry::Level::Info : LogEntry::Level::Error, sentence);
        });
}

void PlaylistEditor::sendLater()
{
    if (!m_send.isActive())
        m_send.start();
}

void PlaylistEditor::tellSettings()
{
    emit shuffleChanged(m_control.settings().playlist.shuffle);
    emit repeatChanged(m_control.settings().playlist.repeat);
    m_model.setEncoder(m_control.settings());
}

void PlaylistEditor::log(LogEntry::Level level, const QString &text)
{
    emit logged({level, QDateTime::currentDateTime(), u"playlist"_s, text});
}

void PlaylistEditor::restore(const QList<PlaylistEntry> &entries)
{
    m_undo.clear();
    m_model.setEntries(entries);
    m_send.stop();
    m_control.setPlaylist(entries);
    QList<PlaylistEntry> unread;
    for (const PlaylistEntry &entry : entries) {
        if (!entry.tagsRead)
            unread.append(entry);
    }
    if (!unread.isEmpty())
        m_control.readTags(unread);
}

void PlaylistEditor::importPaths(const QStringList &paths, int row)
{
    if (paths.isEmpty())
        return;
    const bool isInside = row >= 0 && row < m_model.entries().size();
    const quint64 before = isInside ? m_model.entries().at(row).id : 0;
    const quint64 request = m_control.importPaths(paths);
    m_imports.append({request, before});
}

void PlaylistEditor::cancelImport()
{
    m_imports.clear();
    m_control.cancelImport();
}

void PlaylistEditor::takeFiles(quint64 request, const QList<PlaylistEntry> &entries)
{
    const auto import = std::find_if(m_imports.begin(), m_imports.end(),
                                     [request](const Import &one) { return one.request == request; });
    if (import == m_imports.end() || entries.isEmpty())
        return;
    // The row it goes in front of may have moved, or have been removed, since.
    const int found = import->before == 0 ? -1 : m_model.rowOf(import->before);
    const int row = found < 0 ? static_cast<int>(m_model.entries().size()) : found;
    import->added += static_cast<int>(entries.size());
    m_undo.push(new InsertTracks(m_model, row, entries, request));
}

void PlaylistEditor::finishImport(quint64 request, int found, const QStringList &problems)
{
    const auto removed = m_imports.removeIf([request](const Import &one) { return one.request == request; });
    if (removed == 0)
        return;
    for (const QString &problem : problems)
        log(LogEntry::Level::Warning, problem);
    QString sentence;
    if (found > 0)
        sentence = tr("%1 added.").arg(humanize::tracks(found));
    else if (problems.isEmpty())
        sentence = tr("Nothing to play was found there.");
    if (problems.size() == 1)
        sentence += u' ' + problems.first();
    else if (!problems.isEmpty())
        sentence += u' ' + tr("%1 (and %2 more, see View > Log)")
                               .arg(problems.first(), humanize::number(problems.size() - 1));
    emit noticed(sentence.trimmed(), !problems.isEmpty() || found == 0);
}

void PlaylistEditor::remove(const QList<int> &rows)
{
    QList<int> sorted = rows;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (!sorted.isEmpty())
        m_undo.push(new RemoveTracks(m_model, sorted));
}

void PlaylistEditor::move(const QList<int> &rows, int to)
{
    QList<int> sorted = rows;
    std::sort(sorted.begin(), sorted.end());
    const QList<int> order = orderAfterMove(static_cast<int>(m_model.entries().size()), sorted, to);
    if (!order.isEmpty())
        m_undo.push(new ReorderTracks(m_model, order,
                                      tr("moving %1").arg(humanize::tracks(static_cast<int>(rows.size())))));
}

void PlaylistEditor::sort(int column, Qt::SortOrder direction)
{
    const QList<int> order = orderByColumn(m_model.entries(), column, direction);
    if (std::is_sorted(order.cbegin(), order.cend()))
        return;
    m_undo.push(new ReorderTracks(m_model, order, tr("sorting")));
    const QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    emit noticed(tr("Sorted by %1. Ctrl+Z brings the old order back.").arg(name.toLower()), false);
}

void PlaylistEditor::playFrom(int row)
{
    if (row < 0 || row >= m_model.entries().size())
        return;
    const PlaylistEntry entry = m_model.entries().at(row);
    if (m_send.isActive()) {
        // The station must know the row before it is told to play it.
        m_send.stop();
        m_control.setPlaylist(m_model.entries());
    }
    m_control.playFrom(entry.id);
    if (!m_control.isOnAir())
        emit startChosen(entry.track);
}

void PlaylistEditor::exportTo(const QString &path)
{
    m_control.exportPlaylist(m_model.entries(), path);
}

void PlaylistEditor::setShuffle(bool on)
{
    Settings wanted = m_control.settings();
    if (wanted.playlist.shuffle == on)
        return;
    wanted.playlist.shuffle = on;
    m_control.applySettings(wanted);
}

void PlaylistEditor::setRepeat(bool on)
{
    Settings wanted = m_control.settings();
    if (wanted.playlist.repeat == on)
        return;
    wanted.playlist.repeat = on;
    m_control.applySettings(wanted);
}

const Settings::Playlist &PlaylistEditor::playbackSettings() const
{
    return m_control.settings().playlist;
}

QList<int> PlaylistEditor::problemRows() const
{
    QList<int> rows;
    for (int row = 0; row < m_model.entries().size(); ++row) {
        if (!m_model.entries().at(row).problem.isEmpty())
            rows.append(row);
    }
    return rows;
}

} // namespace cycast
