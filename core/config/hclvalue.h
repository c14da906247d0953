// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace cycast
{

/// The tree of a file in the HCL dialect that hclparser.h describes. Offsets are bytes into the text that was
/// parsed; a tree is never deeper than the parser's nesting limit, so walking and destroying it is safe.

struct HclItem;

struct HclValue {
    enum class Kind : quint8 { Null, String, Number, Bool, List, Object };
    Kind kind = Kind::Null;
    bool truth = false;             ///< Bool
    bool isHeredoc = false;         ///< String: written as <<EOF
    double number = 0.0;            ///< Number, always finite
    qsizetype begin = 0;            ///< first byte of the value
    qsizetype end = 0;              ///< one past its last byte (the bracket, brace or heredoc marker)
    QString text;                   ///< String, escapes resolved
    std::vector<HclValue> elements; ///< List
    std::vector<HclItem> items;     ///< Object, the body of a block, or the whole file
};

/// `name = value`, or a block `name "label" { ... }`.
struct HclItem {
    QString name;
    QStringList labels;   ///< blocks only
    bool isBlock = false; ///< written without "="; value.kind is Object then
    qsizetype begin = 0;  ///< first byte of the name
    HclValue value;
};

/// What is wrong at one place of the text.
struct HclError {
    qsizetype offset = 0; ///< byte
    QString sentence;     ///< what was found and what was expected
};

} // namespace cycast
