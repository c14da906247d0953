// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace cycast
{

class UserPresets;

/// The user's presets: rename, delete, take to another computer.
class UserPresetsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit UserPresetsDialog(UserPresets &presets, QWidget *parent = nullptr);

private:
    void fill();
    void askFile(bool isExport);
    void say(const QString &problem, const QString &success);

    UserPresets &m_presets;
    QListWidget *m_list;
    QPushButton *m_rename;
    QPushButton *m_remove;
    QPushButton *m_export;
    QLabel *m_message;
};

} // namespace cycast
