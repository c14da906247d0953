// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/offerbar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

OfferBar::OfferBar(QWidget *parent)
    : Card({}, parent)
    , m_yes(new QPushButton(tr("Yes"), this))
    , m_no(new QPushButton(tr("No, thanks"), this))
{
    setObjectName(u"offerBar"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_yes->setObjectName(u"offerYes"_s);
    m_yes->setProperty("prominent", true);
    m_no->setObjectName(u"offerNo"_s);
    titleLabel()->setWordWrap(true);
    header()->setStretchFactor(titleLabel(), 100); // of the space behind it
    addToHeader(m_yes);
    addToHeader(m_no);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        hide();
        emit accepted();
    });
    connect(m_no, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void OfferBar::offer(const QString &sentence, const QString &yes)
{
    setTitle(sentence);
    m_yes->setText(yes);
    show();
}

} // namespace cycast
