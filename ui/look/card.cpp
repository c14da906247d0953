// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/card.h"

#include "ui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace cycast
{

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_header(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(8);
    layout->addLayout(m_header);
    layout->addLayout(m_body, 1);
    m_header->setSpacing(8);
    m_body->setSpacing(6);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(theme::scaled(font(), 1.1, true));
    m_header->addWidget(m_title);
    m_header->addStretch(1);
    setTitle(title);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::addBesideTitle(QWidget *widget)
{
    m_header->insertWidget(m_besideTitle++, widget);
}

void Card::addToHeader(QWidget *widget)
{
    m_header->addWidget(widget);
}

} // namespace cycast
