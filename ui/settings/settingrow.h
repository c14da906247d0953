// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QWidget>

class QLabel;

namespace cycast
{

class SettingEditor;

/// One setting in the dialog: label and key, editor with unit, badge, help, and the problem with it.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    SettingRow(const SettingField &field, QWidget *parent);

    const SettingField &field() const { return m_field; }
    QString key() const { return QString::fromLatin1(m_field.key); }
    SettingEditor *editor() const { return m_editor; }
    /// Empty list: all is well.
    void showProblems(const QList<SettingsProblem> &problems);
    QString problemText() const;
    bool matches(const QStringList &words) const;

private:
    const SettingField &m_field; ///< a row of the table, which lives as long as the process
    SettingEditor *m_editor;
    QLabel *m_help;
    QLabel *m_problem;
};

} // namespace cycast
