// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/entrylist.h"

namespace cycast
{

qsizetype EntryList::pieceOf(qsizetype row) const
{
    Q_ASSERT(row >= 0 && row < m_size);
    const auto behind =
        std::upper_bound(m_pieces.cbegin(), m_pieces.cend(), row,
                         [](qsizetype wanted, const Piece &piece) { return wanted < piece.first; });
    return std::distance(m_pieces.cbegin(), behind) - 1;
}

const PlaylistEntry &EntryList::at(qsizetype row) const
{
    const Piece &piece = m_pieces.at(pieceOf(row));
    return piece.rows.at(row - piece.first);
}

PlaylistEntry &EntryList::operator[](qsizetype row)
{
    Piece &piece = m_pieces[pieceOf(row)];
    return piece.rows[row - piece.first];
}

/// The pieces from this one on know where they begin, and the list how long it is.
void EntryList::countFrom(qsizetype piece)
{
    qsizetype first = piece > 0 ? m_pieces.at(piece - 1).first + m_pieces.at(piece - 1).rows.size() : 0;
    for (; piece < m_pieces.size(); ++piece) {
        m_pieces[piece].first = first;
        first += m_pieces.at(piece).rows.size();
    }
    m_size = first;
}

/// Makes a piece begin at `row` (0..size) and returns its number.
qsizetype EntryList::splitAt(qsizetype row)
{
    if (row >= m_size)
        return m_pieces.size();
    const qsizetype number = pieceOf(row);
    const Piece whole = m_pieces.at(number);
    if (whole.first == row)
        return number;
    m_pieces[number].rows = whole.rows.first(row - whole.first);
    m_pieces.insert(number + 1, {row, whole.rows.sliced(row - whole.first)});
    return number + 1;
}

void EntryList::append(const QList<PlaylistEntry> &rows)
{
    qsizetype taken = 0;
    if (!m_pieces.isEmpty()) {
        QList<PlaylistEntry> &last = m_pieces.last().rows;
        taken = std::clamp<qsizetype>(pieceRows - last.size(), 0, rows.size());
        if (taken > 0)
            last.append(rows.first(taken));
        m_size += taken;
    }
    for (; taken < rows.size(); taken += pieceRows) {
        const qsizetype count = std::min(pieceRows, rows.size() - taken);
        m_pieces.append({m_size, rows.sliced(taken, count)});
        m_size += count;
    }
}

void EntryList::insert(qsizetype row, const QList<PlaylistEntry> &rows)
{
    if (rows.isEmpty())
        return;
    if (row >= m_size) {
        append(rows);
        return;
    }
    // A few rows go into the piece that is there; it is parted when it grows too large.
    const qsizetype number = pieceOf(row);
    const Piece &piece = m_pieces.at(number);
    if (piece.rows.size() + rows.size() <= pieceRows) {
        const qsizetype place = row - piece.first;
        const QList<PlaylistEntry> joined = piece.rows.first(place) + rows + piece.rows.sliced(place);
        m_pieces[number].rows = joined;
        countFrom(number);
        return;
    }
    const qsizetype at = splitAt(row);
    QList<Piece> inserted;
    for (qsizetype taken = 0; taken < rows.size(); taken += pieceRows)
        inserted.append({0, rows.sliced(taken, std::min(pieceRows, rows.size() - taken))});
    m_pieces = m_pieces.first(at) + inserted + m_pieces.sliced(at);
    countFrom(at);
}

void EntryList::remove(qsizetype row, qsizetype count)
{
    count = std::min(count, m_size - row);
    if (count <= 0)
        return;
    const qsizetype from = splitAt(row);
    const qsizetype until = splitAt(row + count);
    m_pieces.remove(from, until - from);
    countFrom(from);
    // What is left of two pieces becomes one again, so that they do not get ever smaller.
    if (from > 0 && from < m_pieces.size() &&
        m_pieces.at(from - 1).rows.size() + m_pieces.at(from).rows.size() <= pieceRows) {
        const QList<PlaylistEntry> second = m_pieces.takeAt(from).rows;
        m_pieces[from - 1].rows.append(second);
        countFrom(from);
    }
}

void EntryList::replace(qsizetype first, const QList<PlaylistEntry> &rows)
{
    qsizetype taken = 0;
    while (taken < rows.size()) {
        Piece &piece = m_pieces[pieceOf(first + taken)];
        const qsizetype place = first + taken - piece.first;
        const qsizetype count = std::min(piece.rows.size() - place, rows.size() - taken);
        std::copy_n(rows.cbegin() + taken, count, piece.rows.begin() + place);
        taken += count;
    }
}

QList<PlaylistEntry> EntryList::mid(qsizetype row, qsizetype count) const
{
    const qsizetype rest = std::max<qsizetype>(0, m_size - row);
    qsizetype left = count < 0 ? rest : std::min(count, rest);
    QList<PlaylistEntry> rows;
    rows.reserve(left);
    while (left > 0) {
        const Piece &piece = m_pieces.at(pieceOf(row));
        const qsizetype place = row - piece.first;
        const qsizetype step = std::min(piece.rows.size() - place, left);
        rows.append(piece.rows.sliced(place, step));
        row += step;
        left -= step;
    }
    return rows;
}

} // namespace cycast
