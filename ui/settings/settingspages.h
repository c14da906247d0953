// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QScrollArea>

class QLabel;

namespace cycast
{

class Card;
class SettingRow;

/// Every setting as a row, gathered on pages, built from the field table; and what has been typed there.
/// Knows no station: it is told what is in force.
class SettingsPages : public QScrollArea
{
    Q_OBJECT

public:
    explicit SettingsPages(QWidget *parent = nullptr);
    ~SettingsPages() override;

    /// In their order.
    QStringList titles() const;
    /// The page of a field, -1 when there is none.
    int pageOf(const QString &key) const;

    /// `inForce` with what has been typed here.
    Settings edited(const Settings &inForce) const;
    /// New settings in force: edited fields keep what was typed, the others show them.
    void takeSettings(const Settings &inForce);
    /// Puts into the fields what `wanted` has otherwise than `inForce`, as if it had been typed.
    void propose(const Settings &wanted, const Settings &inForce);
    /// Puts the defaults into a page, as if they had been typed; never a pass phrase.
    void proposeDefaults(int page);
    /// What the fields that follow from others show while they are left to themselves.
    void showAutomatic(const Settings &settings);
    /// Each beside its field. How many fields of each page are wrong.
    QList<int> showProblems(const QList<SettingsProblem> &problems);

    /// One page, or, when there are words, the fields of all pages that have them all. False: nothing to see.
    bool showMatches(const QStringList &words, int page);
    /// Brings a field of a page that is shown into view and gives it the keyboard.
    void focusField(const QString &key);

signals:
    /// Somebody typed.
    void typed();

private:
    struct Page {
        QString id;
        Card *card = nullptr;
        QList<SettingRow *> rows;
    };

    Page makePage(const QString &id, QWidget *content);
    SettingRow *rowOf(const QString &key) const;

    QList<Page> m_pages;
    QLabel *m_nothingFound = nullptr;
    bool m_isTaking = false; ///< the fields change, and nobody typed
};

} // namespace cycast
