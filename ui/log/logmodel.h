// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/logentry.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QSortFilterProxyModel>

#include <deque>

namespace cycast
{

/// The latest lines of the log, oldest first, never more than `limit`. Lines come in batches.
class LogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, Room, Text, ColumnCount };
    enum Role { LevelRole = Qt::UserRole, LineRole };

    explicit LogModel(int limit, QObject *parent = nullptr);

    void append(const QList<LogEntry> &entries);
    void clear();
    void setColours(const QColor &muted, const QColor &warning, const QColor &error);
    const LogEntry &entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// "2024-05-01 10:15:00.123  WARNING  source  text", as copied.
    static QString line(const LogEntry &entry);
    static QString levelWord(LogEntry::Level level);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    int m_limit;
    std::deque<LogEntry> m_entries;
    QColor m_muted, m_warning, m_error;
};

/// Lines of at least a level that contain a text.
class LogFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    LogFilter(LogModel &model, QObject *parent);

    void setLeast(LogEntry::Level level);
    void setText(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LogModel &m_model;
    LogEntry::Level m_least = LogEntry::Level::Debug;
    QString m_text;
};

} // namespace cycast
