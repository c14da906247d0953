// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/card.h"

class QPushButton;

namespace cycast
{

/// One question above the window's panes that can wait: a sentence, a button that does it, and one that does
/// not. Never a dialog in somebody's way.
class OfferBar : public Card
{
    Q_OBJECT

public:
    explicit OfferBar(QWidget *parent = nullptr);

    void offer(const QString &sentence, const QString &yes);

signals:
    void accepted();

private:
    QPushButton *m_yes;
    QPushButton *m_no;
};

} // namespace cycast
