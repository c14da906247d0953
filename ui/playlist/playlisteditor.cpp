// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlisteditor.h"

#include "core/station/stationcontrol.h"
#include "ui/look/humanize.h"
#include "ui/look/sentences.h"
#include "ui/playlist/playlistcommands.h"

#include <QUndoStack>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace cycast
{

namespace
{

constexpr int longList = 5000;

QStringView folderOf(QStringView path)
{
    return path.first(std::max<qsizetype>(0, path.lastIndexOf(u'/')));
}

} // namespace

PlaylistEditor::PlaylistEditor(StationControl &control, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_undo(undo)
{
    m_send.setSingleShot(true);
    m_send.setInterval(0ms);
    connect(&m_send, &QTimer::timeout, this, [this] { m_control.setPlaylist(m_model.entries()); });
    connect(&m_model, &PlaylistModel::listChanged, this, &PlaylistEditor::sendLater);

    connect(&control, &StationControl::filesFound, this, &PlaylistEditor::takeFiles);
    connect(&control, &StationControl::importFinished, this, &PlaylistEditor::finishImport);
    connect(&control, &StationControl::tagsRead, &m_model, &PlaylistModel::updateTags);
    connect(&control, &StationControl::entryMeasured, &m_model, &PlaylistModel::setMeasured);
    connect(&control, &StationControl::filesAppeared, this, &PlaylistEditor::takeAppeared);
    connect(&control, &StationControl::filesVanished, this, &PlaylistEditor::takeVanished);
    connect(&control, &StationControl::foldersWatched, this, [this](const QStringList &folders) {
        m_folders = folders;
        emit foldersChanged();
    });
    connect(&control, &StationControl::entryProblem, &m_model, &PlaylistModel::setProblem);
    connect(&control, &StationControl::statusChanged, &m_model, [this](const StationStatus &status) {
        const bool isOn = status.state == AirState::OnAir && status.heard == ProgrammeKind::Playlist;
        m_model.setPlaying(isOn ? status.current.entryId : 0);
    });
    connect(&control, &StationControl::settingsApplied, this, &PlaylistEditor::tellSettings);
    connect(&control, &StationControl::settingsRejected, this, &PlaylistEditor::tellSettings);
    connect(&control, &StationControl::playlistExported, this,
            [this](const QString &path, const Sentence &error) {
                const QString sentence =
                    error.isEmpty() ? tr("The playlist is saved as %1.").arg(path) : said(error);
                emit noticed(sentence, !error.isEmpty());
                log(error.isEmpty() ? LogEntry::Level::Info : LogEntry::Level::Error, sentence);
            });
}

/// At once for whoever edits. A long list that is still growing is not sent with every batch: each time it is
/// put in order anew on the other side.
void PlaylistEditor::sendLater()
{
    const bool isGrowing = !m_imports.isEmpty() && m_model.rowCount() > longList;
    if (!m_send.isActive())
        m_send.start(isGrowing ? 1s : 0s);
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

void PlaylistEditor::restore(const EntryList &entries, const QStringList &folders, const QDateTime &since)
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
    if (!entries.isEmpty())
        m_control.lookForFiles(entries);
    if (!folders.isEmpty())
        m_control.watchFolders(folders, since);
}

void PlaylistEditor::importPaths(const QStringList &paths, int row)
{
    if (paths.isEmpty())
        return;
    const bool isInside = row >= 0 && row < m_model.entries().size();
    const quint64 before = isInside ? m_model.entries().at(row).id : 0;
    const quint64 request = m_control.importPaths(paths);
    m_imports.append({request, before});
    emit importAsked(paths);
}

void PlaylistEditor::cancelImport()
{
    m_imports.clear();
    m_control.cancelImport();
}

void PlaylistEditor::takeFiles(quint64 request, const QList<PlaylistEntry> &entries)
{
    const auto import = std::find_if(m_imports.begin(), m_imports.end(),
                                     [request](const RunningImport &one) { return one.request == request; });
    if (import == m_imports.end() || entries.isEmpty())
        return;
    // The row it goes in front of may have moved, or have been removed, since.
    const int found = import->before == 0 ? -1 : m_model.rowOf(import->before);
    const int row = found < 0 ? static_cast<int>(m_model.entries().size()) : found;
    m_undo.push(new InsertTracks(m_model, row, entries, request));
}

void PlaylistEditor::finishImport(quint64 request, int found, const QList<Sentence> &sentences)
{
    const QStringList problems = said(sentences);
    const auto removed =
        m_imports.removeIf([request](const RunningImport &one) { return one.request == request; });
    if (removed == 0)
        return;
    if (m_send.isActive())
        m_send.start(0s); // it has grown to its end
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

/// Whether a row's file lies in the folder of this one, or in one above it.
bool PlaylistEditor::isUnderRows(const QString &path) const
{
    for (QString folder = path.section(u'/', 0, -2); m_folders.contains(folder) || folder.count(u'/') > 1;
         folder = folder.section(u'/', 0, -2)) {
        const QString start = folder + u'/';
        const bool isThere =
            std::any_of(m_model.entries().cbegin(), m_model.entries().cend(),
                        [&start](const PlaylistEntry &entry) { return entry.path.startsWith(start); });
        if (isThere)
            return true;
        if (m_folders.contains(folder))
            return false;
    }
    return false;
}

/// Files that are back get their rows again; new ones come behind the last row of their folder. Whoever has
/// thrown a whole folder out of the list does not want its new files either.
void PlaylistEditor::takeAppeared(const QList<PlaylistEntry> &entries)
{
    // -1: wanted, but not in the list. One pass over the rows, which may be 100,000.
    QHash<QStringView, int> rows;
    QHash<QStringView, int> lastOf;
    for (const PlaylistEntry &entry : entries) {
        rows.insert(entry.path, -1);
        lastOf.insert(folderOf(entry.path), -1);
    }
    int row = 0;
    for (const PlaylistEntry &entry : m_model.entries()) {
        if (const auto same = rows.find(entry.path); same != rows.end())
            *same = row;
        if (const auto folder = lastOf.find(folderOf(entry.path)); folder != lastOf.end())
            *folder = row;
        ++row;
    }
    QList<PlaylistEntry> unread;
    QList<PlaylistEntry> added;
    QHash<QStringView, bool> isWanted; // by folder
    int place = -1;
    for (const PlaylistEntry &entry : entries) {
        const QStringView folder = folderOf(entry.path);
        if (const int known = rows.value(entry.path); known >= 0) {
            unread.append(m_model.entries().at(known));
            continue;
        }
        if (!isWanted.contains(folder))
            isWanted.insert(folder, m_model.isEmpty() || isUnderRows(entry.path));
        if (isWanted.value(folder)) {
            place = std::max(place, lastOf.value(folder));
            added.append(entry);
        }
    }
    if (!added.isEmpty()) {
        const int at = place < 0 ? static_cast<int>(m_model.entries().size()) : place + 1;
        m_undo.push(new InsertTracks(m_model, at, added, 0));
        emit noticed(tr("%1 new in your folders.").arg(humanize::tracks(static_cast<int>(added.size()))),
                     false);
    }
    unread += added;
    if (!unread.isEmpty())
        m_control.readTags(unread);
}

void PlaylistEditor::takeVanished(const QStringList &paths)
{
    const int before = m_model.problemCount();
    m_model.markMissing(paths);
    if (m_model.problemCount() != before)
        sendLater();
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
    emit noticed(tr("Sorted by \u201c%1\u201d. Ctrl+Z brings the old order back.").arg(name), false);
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

void PlaylistEditor::playNext(const QList<int> &rows)
{
    QList<quint64> ids;
    for (const int row : rows) {
        if (row >= 0 && row < m_model.entries().size() && m_model.entries().at(row).problem.isEmpty())
            ids.append(m_model.entries().at(row).id);
    }
    if (ids.isEmpty())
        return;
    if (m_send.isActive()) {
        m_send.stop();
        m_control.setPlaylist(m_model.entries());
    }
    m_control.playNext(ids);
    emit noticed(ids.size() == 1 ? tr("\u201c%1\u201d plays next.")
                                       .arg(m_model.entries().at(m_model.rowOf(ids.first())).track.title)
                                 : tr("%1 play next.").arg(humanize::tracks(static_cast<int>(ids.size()))),
                 false);
}

void PlaylistEditor::exportTo(const QString &path)
{
    m_control.exportPlaylist(m_model.entries(), path);
}

void PlaylistEditor::setShuffle(bool on)
{
    m_control.change([on](Settings &settings) { settings.playlist.shuffle = on; });
}

void PlaylistEditor::setRepeat(bool on)
{
    m_control.change([on](Settings &settings) { settings.playlist.repeat = on; });
}

const Settings::Playlist &PlaylistEditor::playbackSettings() const
{
    return m_control.settings().playlist;
}

QList<int> PlaylistEditor::problemRows() const
{
    QList<int> rows;
    for (int row = 0; row < m_model.entries().size(); ++row) {
        if (needsAttention(m_model.entries().at(row)))
            rows.append(row);
    }
    return rows;
}

} // namespace cycast
