// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QUndoStack;
class QPushButton;

namespace cycast
{

class SettingsApplier;
class SettingsPages;
class StationControl;

/// Every setting: pages at the left, a search over all of them (see SettingsPages), problems beside their
/// fields while one types. Edits a copy; "Apply live" hands it to the station and the dialog stays.
/// What others change meanwhile shows in the fields that have not been edited.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(StationControl &control, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    /// From now on what is applied here can be undone there.
    void setUndoStack(QUndoStack *undo);

    /// The settings in force with what has been edited here.
    Settings edited() const;
    bool hasEdits() const;
    /// Proposes what another server's settings file says; nothing changes until it is applied. The answer is
    /// what was taken, what has nothing like it here, and what stays.
    QString importFrom(const QString &path);
    /// Brings a field into view and gives it the keyboard.
    void showField(const QString &key);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void placeParts();
    QWidget *buildSummary();
    QWidget *buildButtons();
    void takeSettings();
    void check();
    void showProblems(const QList<SettingsProblem> &problems);
    void showSummary(const Settings &settings);
    void showRows();
    void resetPage();
    void apply();
    void askImport();
    void applied(bool isOurs, const Settings &before);
    void rejected(bool isOurs, const QList<SettingsProblem> &problems);
    void say(const QString &text, bool isProblem);

    StationControl &m_control;
    SettingsApplier *m_applier;
    SettingsPages *m_pages;
    QLineEdit *m_search;
    QListWidget *m_pageList;
    QLabel *m_summary = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_resetButton = nullptr;
    QPushButton *m_cancelButton = nullptr;
    QPushButton *m_applyButton = nullptr;
};

} // namespace cycast
