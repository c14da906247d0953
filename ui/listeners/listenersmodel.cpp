// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/listenersmodel.h"

#include "ui/listeners/listenerstexts.h"

#include <QPainter>

#include <algorithm>

namespace cycast
{

namespace
{
constexpr qint64 rateWindowMs = 5'000;
constexpr int mostSpans = 32;

QPixmap dot(const QColor &colour)
{
    QPixmap pixmap(24, 24);
    pixmap.setDevicePixelRatio(2.0);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(1.5, 1.5, 9.0, 9.0));
    return pixmap;
}

QString personOf(const ListenerInfo &info)
{
    return info.address + QChar(0) + info.player;
}

Qt::Alignment alignmentOf(ListenersModel::Column column)
{
    const bool isNumber = column == ListenersModel::BytesSent || column == ListenersModel::Rate ||
                          column == ListenersModel::Behind;
    return (isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}
} // namespace

void ListenersModel::apply(const ListenersUpdate &update, qint64 nowMs)
{
    m_nowMs = nowMs;
    if (update.complete) {
        // Whoever is still there keeps his row: only those that the new table does not know leave.
        QHash<quint64, bool> known;
        for (const ListenerInfo &info : update.joined)
            known.insert(info.id, true);
        QList<ListenerGone> gone;
        for (const Row &row : std::as_const(m_rows)) {
            if (!known.contains(row.info.id))
                gone.append({row.info.id, 0, {}});
        }
        removeListeners(gone);
    }
    addListeners(update.joined);
    removeListeners(update.left);
    updateFigures(update.figures, nowMs);
}

void ListenersModel::clear()
{
    if (m_rows.isEmpty())
        return;
    beginResetModel();
    m_rows.clear();
    m_rowOf.clear();
    m_people.clear();
    endResetModel();
}

void ListenersModel::setStateColours(const QColor &good, const QColor &bad)
{
    m_good = good;
    m_bad = bad;
    m_goodDot = dot(good);
    m_badDot = dot(bad);
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, State), index(static_cast<int>(m_rows.size()) - 1, State));
}

void ListenersModel::removeListeners(const QList<ListenerGone> &left)
{
    QList<int> gone;
    for (const ListenerGone &listener : left) {
        const auto found = m_rowOf.constFind(listener.id);
        if (found != m_rowOf.constEnd())
            gone.append(*found);
    }
    if (gone.isEmpty())
        return;
    std::sort(gone.begin(), gone.end());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    int spans = 1;
    for (qsizetype i = 1; i < gone.size(); ++i)
        spans += gone.at(i) != gone.at(i - 1) + 1 ? 1 : 0;
    if (spans > mostSpans)
        gone = movedToEnd(gone);

    // From the end, in contiguous spans: rows in front keep their numbers meanwhile.
    for (qsizetype last = gone.size() - 1; last >= 0;) {
        qsizetype first = last;
        while (first > 0 && gone.at(first - 1) == gone.at(first) - 1)
            --first;
        beginRemoveRows({}, gone.at(first), gone.at(last));
        for (int row = gone.at(first); row <= gone.at(last); ++row) {
            const ListenerInfo &info = m_rows.at(row).info;
            m_rowOf.remove(info.id);
            const auto person = m_people.find(personOf(info));
            if (person != m_people.end() && --*person <= 0)
                m_people.erase(person);
        }
        m_rows.remove(gone.at(first), gone.at(last) - gone.at(first) + 1);
        endRemoveRows();
        last = first - 1;
    }
    for (int row = gone.first(); row < m_rows.size(); ++row)
        m_rowOf[m_rows.at(row).info.id] = row;
}

/// A thousand scattered rows cost a proxy a tenth of a second when they go one by one: they are moved behind
/// the others, which keep their order, and go as one span. Returns where they are now.
QList<int> ListenersModel::movedToEnd(const QList<int> &gone)
{
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QList<Row> stay, leave;
    QList<int> newPlace(m_rows.size());
    const int firstGone = static_cast<int>(m_rows.size() - gone.size());
    qsizetype next = 0;
    for (int row = 0; row < m_rows.size(); ++row) {
        const bool leaves = next < gone.size() && gone.at(next) == row;
        next += leaves ? 1 : 0;
        newPlace[row] = static_cast<int>(leaves ? firstGone + leave.size() : stay.size());
        (leaves ? leave : stay).append(m_rows.at(row));
    }
    m_rows = stay + leave;
    for (int row = 0; row < m_rows.size(); ++row)
        m_rowOf[m_rows.at(row).info.id] = row;
    QModelIndexList after;
    for (const QModelIndex &old : before)
        after.append(index(newPlace.at(old.row()), old.column()));
    changePersistentIndexList(before, after);
    emit layoutChanged();
    QList<int> places;
    for (int row = firstGone; row < m_rows.size(); ++row)
        places.append(row);
    return places;
}

void ListenersModel::addListeners(const QList<ListenerInfo> &joined)
{
    QList<Row> fresh;
    QHash<quint64, int> freshIds;
    for (const ListenerInfo &info : joined) {
        if (const auto known = m_rowOf.constFind(info.id); known != m_rowOf.constEnd()) {
            if (m_rows.at(*known).info != info) {
                m_rows[*known].info = info;
                emit dataChanged(index(*known, 0), index(*known, ColumnCount - 1));
            }
        } else if (!freshIds.contains(info.id)) {
            freshIds.insert(info.id, 0);
            Row row;
            row.info = info;
            row.figures.id = info.id;
            fresh.append(row);
        }
    }
    if (fresh.isEmpty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_rows.append(fresh);
    for (int row = first; row < m_rows.size(); ++row) {
        m_rowOf.insert(m_rows.at(row).info.id, row);
        ++m_people[personOf(m_rows.at(row).info)];
    }
    endInsertRows();
}

void ListenersModel::updateFigures(const QList<ListenerFigures> &figures, qint64 nowMs)
{
    int lowest = static_cast<int>(m_rows.size());
    int highest = -1;
    for (const ListenerFigures &fresh : figures) {
        const auto found = m_rowOf.constFind(fresh.id);
        if (found == m_rowOf.constEnd())
            continue;
        Row &row = m_rows[*found];
        if (!row.hasFigures) {
            // The burst at the start is no rate: counting begins after it.
            row.baseMs = row.nextBaseMs = nowMs;
            row.baseBytes = row.nextBaseBytes = fresh.bytesSent;
        } else if (nowMs - row.nextBaseMs >= rateWindowMs) {
            row.baseMs = row.nextBaseMs;
            row.baseBytes = row.nextBaseBytes;
            row.nextBaseMs = nowMs;
            row.nextBaseBytes = fresh.bytesSent;
        }
        if (nowMs > row.baseMs) {
            row.bytesPerSecond = static_cast<double>(fresh.bytesSent - row.baseBytes) * 1000.0 /
                                 static_cast<double>(nowMs - row.baseMs);
        }
        row.figures = fresh;
        row.hasFigures = true;
        lowest = std::min(lowest, *found);
        highest = std::max(highest, *found);
    }
    // While audio flows every row changes each time: one span says so for less than many small ones would.
    if (highest >= 0)
        emit dataChanged(index(lowest, Connected), index(highest, State));
}

const ListenerInfo *ListenersModel::find(quint64 id) const
{
    const auto found = m_rowOf.constFind(id);
    return found == m_rowOf.constEnd() ? nullptr : &m_rows.at(*found).info;
}

int ListenersModel::stalledCount() const
{
    return static_cast<int>(std::count_if(
        m_rows.begin(), m_rows.end(), [](const Row &row) { return row.hasFigures && !row.figures.active; }));
}

bool ListenersModel::isLess(int leftRow, int rightRow, Column column) const
{
    const Row &left = m_rows.at(leftRow);
    const Row &right = m_rows.at(rightRow);
    const auto byId = [&] { return left.info.id < right.info.id; };
    const auto compare = [&](const auto &a, const auto &b) { return a == b ? byId() : a < b; };
    switch (column) {
    case Address:
        return compare(left.info.address, right.info.address);
    case Player: {
        const int order = left.info.player.compare(right.info.player, Qt::CaseInsensitive);
        return order == 0 ? byId() : order < 0;
    }
    case Connected: // the longest connected is the oldest
        return compare(right.info.connectedAt, left.info.connectedAt);
    case BytesSent:
        return compare(left.figures.bytesSent, right.figures.bytesSent);
    case Rate:
        return compare(left.bytesPerSecond, right.bytesPerSecond);
    case Behind:
        return compare(left.figures.behindSeconds, right.figures.behindSeconds);
    case State: {
        const auto rank = [](const Row &row) {
            return std::pair(row.figures.active ? 1 : 0, -static_cast<qint64>(row.figures.skips));
        };
        return compare(rank(left), rank(right));
    }
    default:
        return byId();
    }
}

int ListenersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ListenersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ListenersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    const auto column = static_cast<Column>(index.column());
    const bool isColoured = column == State && m_good.isValid();
    switch (role) {
    case Qt::DisplayRole:
        return listenerstexts::cell(row, column, m_nowMs);
    case Qt::AccessibleTextRole:
        return column == Id ? listenerstexts::sentence(row, m_nowMs)
                            : listenerstexts::cell(row, column, m_nowMs);
    case Qt::ToolTipRole: {
        // Rich text is never guessed from what a stranger's program calls itself.
        const QString plain = listenerstexts::hint(row, column);
        return plain.isEmpty() ? QVariant()
                               : QVariant(QStringLiteral("<p>%1</p>").arg(plain.toHtmlEscaped()));
    }
    case Qt::DecorationRole:
        return isColoured ? QVariant(row.figures.active ? m_goodDot : m_badDot) : QVariant();
    case Qt::ForegroundRole:
        return isColoured ? QVariant(row.figures.active ? m_good : m_bad) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(alignmentOf(column));
    case IdRole:
        return row.info.id;
    case SortRole:
        return sortValue(row, column);
    default:
        return {};
    }
}

QVariant ListenersModel::sortValue(const Row &row, Column column) const
{
    switch (column) {
    case Id:
        return row.info.id;
    case Connected:
        return row.connectedMs(m_nowMs);
    case BytesSent:
        return row.figures.bytesSent;
    case Rate:
        return row.bytesPerSecond;
    case Behind:
        return row.figures.behindSeconds;
    case State:
        return row.figures.active ? 1 : 0;
    default:
        return listenerstexts::cell(row, column, m_nowMs);
    }
}

QVariant ListenersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const auto column = static_cast<Column>(section);
    switch (role) {
    case Qt::DisplayRole:
        return listenerstexts::title(column);
    case Qt::TextAlignmentRole:
        return QVariant(alignmentOf(column));
    case Qt::ToolTipRole: {
        const QString hint = listenerstexts::titleHint(column);
        return hint.isEmpty() ? QVariant() : QVariant(hint);
    }
    default:
        return {};
    }
}

} // namespace cycast
