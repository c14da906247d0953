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
class QScrollArea;

namespace cycast
{

class Card;
class SettingRow;
class StationControl;

/// Every setting, built from the field table: pages at the left, a search over all of them, problems beside
/// their fields while one types. Edits a copy; "Apply live" hands it to the station and the dialog stays.
/// What others change meanwhile shows in the fields that have not been edited.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(StationControl &control, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    /// From now on what is applied here can be undone there.
    void setUndoStack(QUndoStack *undo) { m_undo = undo; }

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
    struct Page {
        QString id;
        Card *card = nullptr;
        QList<SettingRow *> rows;
    };

    QWidget *buildPages();
    QWidget *buildSummary();
    QWidget *buildButtons();
    void takeSettings(const Settings &settings);
    void check();
    void showProblems(const QList<SettingsProblem> &problems);
    void showSummary(const Settings &settings);
    void showRows();
    void resetPage();
    void apply();
    void askImport();
    PortRule portRule() const;
    void applied(const Settings &settings, const QList<SettingsProblem> &warnings);
    void rejected(const QList<SettingsProblem> &problems);
    void say(const QString &text, bool isProblem);
    QStringList searchWords() const;

    StationControl &m_control;
    QUndoStack *m_undo = nullptr;
    Settings m_base; ///< in force, as last heard
    QList<Page> m_pages;
    QLineEdit *m_search;
    QListWidget *m_pageList;
    QScrollArea *m_scroll = nullptr;
    QLabel *m_nothingFound = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_resetButton = nullptr;
    QPushButton *m_cancelButton = nullptr;
    QPushButton *m_applyButton = nullptr;
    bool m_isWaiting = false; ///< for the answer to our own apply
    bool m_isTaking = false;
};

} // namespace cycast
