// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"

#include <QList>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace cycast
{

/// The rows of a playlist, made for 100,000 of them and for several threads: kept in pieces of a few hundred
/// rows, which copies share. A copy costs a few microseconds per 100,000 rows, a change copies the piece it
/// is in and no other, whoever else holds the list. A value: thread-safe as Qt's own lists are.
class EntryList
{
public:
    /// Rows in one piece, at most.
    static constexpr qsizetype pieceRows = 512;

    EntryList() = default;
    EntryList(const QList<PlaylistEntry> &rows) { append(rows); }
    EntryList(std::initializer_list<PlaylistEntry> rows)
        : EntryList(QList<PlaylistEntry>(rows))
    {
    }

    qsizetype size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    /// 0 <= row < size(), here and below.
    const PlaylistEntry &at(qsizetype row) const;
    const PlaylistEntry &operator[](qsizetype row) const { return at(row); }
    const PlaylistEntry &first() const { return at(0); }
    const PlaylistEntry &last() const { return at(m_size - 1); }
    /// For changing it; copies the row's piece when somebody else has it too.
    PlaylistEntry &operator[](qsizetype row);

    void append(const QList<PlaylistEntry> &rows);
    void append(const PlaylistEntry &row) { append(QList<PlaylistEntry>{row}); }
    void insert(qsizetype row, const QList<PlaylistEntry> &rows);
    void remove(qsizetype row, qsizetype count);
    /// Puts rows[i] in the place of row `first` + i.
    void replace(qsizetype first, const QList<PlaylistEntry> &rows);
    void clear() { *this = {}; }

    /// A list of its own; `count` -1: to the end.
    QList<PlaylistEntry> mid(qsizetype row, qsizetype count = -1) const;

    class const_iterator
    {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = PlaylistEntry;
        using difference_type = qptrdiff;
        using pointer = const PlaylistEntry *;
        using reference = const PlaylistEntry &;

        const_iterator() = default;
        const_iterator(const EntryList *list, qsizetype piece)
            : m_list(list)
            , m_piece(piece)
        {
        }
        reference operator*() const { return m_list->m_pieces.at(m_piece).rows.at(m_row); }
        pointer operator->() const { return &**this; }
        const_iterator &operator++()
        {
            if (++m_row == m_list->m_pieces.at(m_piece).rows.size()) {
                ++m_piece;
                m_row = 0;
            }
            return *this;
        }
        const_iterator operator++(int)
        {
            const const_iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const const_iterator &) const = default;

    private:
        const EntryList *m_list = nullptr;
        qsizetype m_piece = 0;
        qsizetype m_row = 0;
    };
    const_iterator begin() const { return {this, 0}; }
    const_iterator end() const { return {this, m_pieces.size()}; }
    const_iterator cbegin() const { return begin(); }
    const_iterator cend() const { return end(); }

    friend bool operator==(const EntryList &left, const EntryList &right)
    {
        return left.m_size == right.m_size && std::equal(left.begin(), left.end(), right.begin());
    }

private:
    struct Piece {
        qsizetype first = 0;       ///< its first row in the list
        QList<PlaylistEntry> rows; ///< never empty
    };

    qsizetype pieceOf(qsizetype row) const;
    qsizetype splitAt(qsizetype row);
    void countFrom(qsizetype piece);

    QList<Piece> m_pieces;
    qsizetype m_size = 0;
};

} // namespace cycast
