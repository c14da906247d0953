// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logmodel.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

LogModel::LogModel(int limit, QObject *parent)
    : QAbstractTableModel(parent)
    , m_limit(limit)
{
}

void LogModel::append(const QList<LogEntry> &entries)
{
    // Of a batch longer than the whole log only its end is ever seen.
    const qsizetype fresh = std::min<qsizetype>(entries.size(), m_limit);
    if (fresh == 0)
        return;
    const qsizetype surplus = static_cast<qsizetype>(m_entries.size()) + fresh - m_limit;
    if (surplus > 0) {
        beginRemoveRows({}, 0, static_cast<int>(surplus) - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + surplus);
        endRemoveRows();
    }
    const int first = static_cast<int>(m_entries.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh) - 1);
    m_entries.insert(m_entries.end(), entries.end() - fresh, entries.end());
    endInsertRows();
}

void LogModel::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

void LogModel::setColours(const QColor &muted, const QColor &warning, const QColor &error)
{
    m_muted = muted;
    m_warning = warning;
    m_error = error;
    if (!m_entries.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::ForegroundRole});
}

QString LogModel::levelWord(LogEntry::Level level)
{
    switch (level) {
    case LogEntry::Level::Debug:
        return tr("Debug");
    case LogEntry::Level::Info:
        return tr("Info");
    case LogEntry::Level::Warning:
        return tr("Warning");
    case LogEntry::Level::Error:
        return tr("Error");
    }
    return {};
}

QString LogModel::line(const LogEntry &entry)
{
    return u"%1  %2  %3  %4"_s.arg(entry.when.toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s),
                                   levelWord(entry.level).toUpper(), entry.room, entry.text);
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogEntry &line = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Time:
            return line.when.toString(u"HH:mm:ss.zzz"_s);
        case Level:
            return levelWord(line.level);
        case Room:
            return line.room;
        case Text:
            // One row is one line, whatever stands in it.
            return line.text.simplified();
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return index.column() == Text
                   ? QVariant(u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(line.text.toHtmlEscaped()))
                   : QVariant();
    case Qt::ForegroundRole:
        if (line.level == LogEntry::Level::Error && m_error.isValid() && index.column() != Time)
            return m_error;
        if (line.level == LogEntry::Level::Warning && m_warning.isValid() && index.column() != Time)
            return m_warning;
        return m_muted.isValid() && (index.column() != Text || line.level == LogEntry::Level::Debug)
                   ? QVariant(m_muted)
                   : QVariant();
    case LevelRole:
        return static_cast<int>(line.level);
    case LineRole:
        return LogModel::line(line);
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Time"), tr("Level"), tr("Part"), tr("Message")};
    return names[section];
}

LogFilter::LogFilter(LogModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
}

void LogFilter::setLeast(LogEntry::Level level)
{
    m_least = level;
    invalidateFilter();
}

void LogFilter::setText(const QString &text)
{
    m_text = text.simplified();
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const LogEntry &entry = m_model.entry(row);
    return entry.level >= m_least && (m_text.isEmpty() || entry.text.contains(m_text, Qt::CaseInsensitive) ||
                                      entry.room.contains(m_text, Qt::CaseInsensitive));
}

} // namespace cycast
