// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "ui/look/theme.h"

#include <QDialog>

class QGridLayout;

namespace cycast
{

class Card;

/// What a preset would change and what that would cost, before it is applied. Accepted: apply it.
class PresetPreview : public QDialog
{
    Q_OBJECT

public:
    PresetPreview(const QString &name, const QString &purpose, const Settings &before, const Settings &after,
                  int bitrateKbps, QWidget *parent = nullptr);

private:
    struct Verdict {
        QString text;
        Tone tone = Tone::Good;
    };
    static Verdict verdictOn(const Settings &after, bool changes);
    void addButtons(Card &card, const Verdict &verdict, bool changes);
    void addChanges(QGridLayout &grid, const Settings &before, const Settings &after);
    void addCosts(QGridLayout &grid, const Settings &before, const Settings &after, int bitrateKbps);
    void addLine(QGridLayout &grid, const QString &what, const QString &from, const QString &to,
                 bool changed);
};

} // namespace cycast
