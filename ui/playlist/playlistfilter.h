// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/attention.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace cycast
{

/// Rows that ask for attention, when only those are wanted, and in which every word that was typed occurs
/// (title, artist, album or file name). Order stays.
class PlaylistFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString &text);
    /// Only rows that ask for attention: for any reason, or for this one as their worst.
    void setAttentionOnly(bool on, std::optional<AttentionKind> kind = {});
    bool isAttentionOnly() const { return m_attentionOnly; }
    bool isFiltering() const { return !m_words.isEmpty() || m_attentionOnly; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    bool m_attentionOnly = false;
    std::optional<AttentionKind> m_kind;
};

} // namespace cycast
