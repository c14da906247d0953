// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QVBoxLayout>

namespace cycast
{

/// A label that shows `text` as it is: never as markup, wherever the text comes from.
inline QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

/// Likewise, wrapped, at the end of `column` and with a name of its own.
inline QLabel *addPlainText(QVBoxLayout &column, const QString &name, const QString &text = {})
{
    QLabel *label = plainLabel(text, nullptr);
    label->setObjectName(name);
    label->setWordWrap(true);
    column.addWidget(label);
    return label;
}

} // namespace cycast
