// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/leftmodel.h"

#include "ui/look/elidedlabel.h"
#include "ui/look/humanize.h"

#include <algorithm>

namespace cycast
{

void LeftModel::apply(const ListenersUpdate &update)
{
    if (update.complete) {
        // The station remembers those who left while nobody looked.
        beginResetModel();
        m_rows.clear();
    }
    const qsizetype fresh = std::min<qsizetype>(update.left.size(), mostRecentlyLeft);
    if (fresh > 0) {
        if (!update.complete)
            beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
        QList<ListenerGone> rows(update.left.crbegin(), update.left.crbegin() + fresh);
        rows.append(m_rows);
        m_rows = rows;
        if (!update.complete)
            endInsertRows();
    }
    if (update.complete) {
        endResetModel();
    } else if (m_rows.size() > mostRecentlyLeft) {
        beginRemoveRows({}, mostRecentlyLeft, static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(mostRecentlyLeft);
        endRemoveRows();
    }
}

QString LeftModel::word(LeftBecause why)
{
    switch (why) {
    case LeftBecause::HungUp:
        return tr("Stopped listening");
    case LeftBecause::ConnectionLost:
        return tr("Connection lost");
    case LeftBecause::StoodStill:
        return tr("Took nothing for a minute");
    case LeftBecause::NeverRead:
        return tr("Never took anything");
    case LeftBecause::RemovedByYou:
        return tr("Removed by you");
    case LeftBecause::RemovedByAdmin:
        return tr("Removed by the admin");
    case LeftBecause::Banned:
        return tr("Banned");
    case LeftBecause::FormatChanged:
        return tr("Format changed");
    case LeftBecause::OffAir:
        return tr("Station went off the air");
    }
    return {};
}

QString LeftModel::meaning(LeftBecause why)
{
    switch (why) {
    case LeftBecause::HungUp:
        return tr("The player closed the connection: somebody pressed stop, or went on to something else.");
    case LeftBecause::ConnectionLost:
        return tr("There was no sign of life any more: the listener's network or computer is gone.");
    case LeftBecause::StoodStill:
        return tr("A paused player, or a line that is far too slow: what came next had left the buffer.");
    case LeftBecause::NeverRead:
        return tr(
            "Somebody connected and read nothing of the stream for half a minute: no player does that.");
    case LeftBecause::RemovedByYou:
        return tr("You removed this listener, who may come again.");
    case LeftBecause::RemovedByAdmin:
        return tr("A program that knows the admin pass phrase removed this listener.");
    case LeftBecause::Banned:
        return tr("A ban fits this listener.");
    case LeftBecause::FormatChanged:
        return tr("The stream went on in another format; most players come back by themselves.");
    case LeftBecause::OffAir:
        return tr("The broadcast ended.");
    }
    return {};
}

int LeftModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LeftModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LeftModel::text(const ListenerGone &gone, Column column) const
{
    switch (column) {
    case LeftAt:
        return gone.leftAt.time().toString(QStringLiteral("HH:mm:ss"));
    case Address:
        return gone.info.address;
    case Player:
        return gone.info.player.isEmpty() ? tr("unknown") : gone.info.player.simplified();
    case Listened:
        return gone.info.connectedAt.isValid() && gone.leftAt.isValid()
                   ? humanize::clock(std::max<qint64>(0, gone.info.connectedAt.msecsTo(gone.leftAt)))
                   : QString();
    case BytesSent:
        return humanize::number(gone.bytesSent);
    case Why:
        return word(gone.why);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant LeftModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ListenerGone &gone = m_rows.at(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(gone, column);
    case Qt::ToolTipRole:
        return plainToolTip(column == Why ? meaning(gone.why) : text(gone, column));
    case Qt::AccessibleTextRole:
        return column == LeftAt ? tr("%1 with %2, listened for %3, left at %4: %5")
                                      .arg(text(gone, Address), text(gone, Player), text(gone, Listened),
                                           text(gone, LeftAt), text(gone, Why))
                                : text(gone, column);
    case Qt::TextAlignmentRole:
        return column == BytesSent ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                   : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant LeftModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == BytesSent ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                    : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Left at"),  tr("Address"),    tr("Player"),
                             tr("Listened"), tr("bytes_sent"), tr("Why")};
    return names[section];
}

} // namespace cycast
