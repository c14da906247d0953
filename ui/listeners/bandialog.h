// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/ban.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cycast
{

/// One ban: whom, for how long, and whom it would hit of those who listen now.
class BanDialog : public QDialog
{
    Q_OBJECT

public:
    /// How many of the listeners of this moment a ban would hit.
    using Preview = std::function<int(const Ban &)>;

    BanDialog(const Ban &ban, Preview preview, QWidget *parent = nullptr);

    /// As filled in; durations count from now.
    Ban ban() const;

private:
    void check();

    Ban m_initial;
    Preview m_preview;
    QLineEdit *m_address;
    QLineEdit *m_player;
    QComboBox *m_duration;
    QLineEdit *m_note;
    QLabel *m_hits;
    QPushButton *m_apply;
};

} // namespace cycast
