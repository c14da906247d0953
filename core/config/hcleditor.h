// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/hclvalue.h"

#include <QByteArray>
#include <QList>

#include <utility>

namespace cycast
{

/// Changes single values of a text in the HCL dialect and leaves every other byte as it is: comments, order,
/// unknown keys, line ends, BOM. Collects the changes; result() carries them out. Needs the tree that
/// parseHcl made of the same text; text and tree must outlive the editor.
class HclEditor
{
public:
    HclEditor(const QByteArray &text, const HclValue &root);

    /// Puts `literal` where `value` stands.
    void replace(const HclValue &value, const QByteArray &literal);
    /// Makes a list of texts say `after`, where it says `before`: elements that stay keep their place and
    /// their comments.
    void replaceList(const HclValue &list, const QStringList &before, const QStringList &after);
    /// Adds `name = literal` lines to the last block of this name, in its style, or to a new block at the
    /// end.
    void addKeys(const QString &block, const QList<std::pair<QString, QByteArray>> &keys);

    QByteArray result() const;

private:
    struct Patch {
        qsizetype begin;
        qsizetype length;
        QByteArray bytes;
    };

    void insert(qsizetype offset, const QByteArray &bytes) { m_patches.append({offset, 0, bytes}); }
    void appendElements(const HclValue &list, const QStringList &added);
    void removeElement(const HclValue &list, size_t index, bool isTail);
    void addToLine(const HclValue &body, const QByteArrayList &lines);
    void addToLines(const HclItem &block, const QByteArrayList &lines);
    void addBlock(const QString &name, const QByteArrayList &lines);

    bool spansLines(qsizetype begin, qsizetype end) const;
    qsizetype lineStart(qsizetype offset) const;
    /// The blanks before `offset`; null when something else stands before it on its line.
    QByteArray indentOf(qsizetype offset) const;
    /// How much deeper than its block the file's items stand.
    QByteArray indentStep() const;
    /// Past blanks, comments and (if wanted) one comma behind `offset`: at the line break, or at the next
    /// token.
    qsizetype restOfLine(qsizetype offset, bool *sawComma = nullptr) const;
    bool isLineBreak(qsizetype offset) const;

    const QByteArray &m_text;
    const HclValue &m_root;
    QByteArray m_lineBreak;
    QList<Patch> m_patches;
};

} // namespace cycast
