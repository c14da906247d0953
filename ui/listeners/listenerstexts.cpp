// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What ListenersModel shows of its rows.
#include "ui/listeners/listenersmodel.h"
#include "ui/look/humanize.h"

#include <algorithm>

namespace cycast
{

QString ListenersModel::stateWord(const Row &row) const
{
    if (!row.figures.active)
        return tr("Stalled");
    if (row.figures.skips > 0)
        return tr("OK, skipped %1×").arg(row.figures.skips);
    return tr("OK");
}

QString ListenersModel::reason(const Row &row) const
{
    QStringList sentences;
    if (!row.figures.active)
        sentences << tr(
            "Has accepted no data for more than 10 seconds: paused, or the connection is too slow.");
    else
        sentences << tr("Receives the stream as it is broadcast.");
    if (row.figures.skips > 0)
        sentences << tr("Fell behind further than the buffer reaches and jumped ahead %n time(s).", nullptr,
                        static_cast<int>(std::min<quint32>(row.figures.skips, 2'000'000'000U)));
    return sentences.join(QLatin1Char(' '));
}

QString ListenersModel::text(const Row &row, Column column) const
{
    switch (column) {
    case Id:
        return QString::number(row.info.id);
    case Address:
        return row.info.address;
    case Player:
        return row.info.player.isEmpty() ? tr("unknown") : row.info.player.simplified();
    case Connected:
        return humanize::clock(connectedMs(row));
    case BytesSent:
        return humanize::number(row.figures.bytesSent);
    case Rate:
        return humanize::rate(row.bytesPerSecond);
    case Behind:
        return humanize::seconds(static_cast<double>(row.figures.behindSeconds));
    case State:
        return stateWord(row);
    case ColumnCount:
        break;
    }
    return {};
}

QString ListenersModel::sentence(const Row &row) const
{
    return tr("Listener %1 from %2, %3, connected for %4, %5 behind, %6")
        .arg(text(row, Id), text(row, Address), text(row, Player), text(row, Connected), text(row, Behind),
             text(row, State));
}

QVariant ListenersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::AccessibleTextRole:
        return column == Id ? sentence(row) : text(row, column);
    case Qt::ToolTipRole: {
        // Rich text is never guessed from what a stranger's program calls itself.
        const QString plain = column == State ? reason(row)
                              : column == Player
                                  ? tr("%1 (%2)").arg(row.info.player.simplified(), row.info.protocol)
                              : column == Address ? row.info.address
                                                  : QString();
        return plain.isEmpty() ? QVariant()
                               : QVariant(QStringLiteral("<p>%1</p>").arg(plain.toHtmlEscaped()));
    }
    case Qt::DecorationRole:
        return column == State && m_good.isValid() ? QVariant(row.figures.active ? m_goodDot : m_badDot)
                                                   : QVariant();
    case Qt::ForegroundRole:
        return column == State && m_good.isValid() ? QVariant(row.figures.active ? m_good : m_bad)
                                                   : QVariant();
    case Qt::TextAlignmentRole:
        return column == BytesSent || column == Rate || column == Behind
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case IdRole:
        return row.info.id;
    case SortRole:
        switch (column) {
        case Id:
            return row.info.id;
        case Connected:
            return connectedMs(row);
        case BytesSent:
            return row.figures.bytesSent;
        case Rate:
            return row.bytesPerSecond;
        case Behind:
            return row.figures.behindSeconds;
        case State:
            return row.figures.active ? 1 : 0;
        default:
            return text(row, column);
        }
    default:
        return {};
    }
}

QVariant ListenersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole) {
        const QString names[] = {tr("ID"),         tr("Address"), tr("Player"), tr("Connected"),
                                 tr("bytes_sent"), tr("Rate"),    tr("Behind"), tr("State")};
        return names[section];
    }
    if (role == Qt::TextAlignmentRole) {
        return section == BytesSent || section == Rate || section == Behind
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        if (section == BytesSent)
            return tr("What the listener's connection has accepted, audio and titles.");
        if (section == Behind)
            return tr("How far behind the broadcast this listener is.");
        if (section == Rate)
            return tr("Bytes per second over the last seconds.");
    }
    return {};
}

} // namespace cycast
