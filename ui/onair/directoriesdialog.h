// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/directorystatus.h"
#include "ui/look/theme.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace cycast
{

class StationControl;

/// How the station stands with a public directory, in words.
struct DirectoryWords {
    QString state;
    QString next; ///< when it is told or asked again; empty: not
    Tone tone = Tone::Neutral;
};
/// Pure.
DirectoryWords directoryWords(const DirectoryStatus &status, bool isWanted, const QDateTime &now);

/// "Directories": whether the station is listed publicly, what the directory said to that, and when it is
/// asked next. What is changed here is applied at once.
class DirectoriesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit DirectoriesDialog(StationControl &control, QWidget *parent = nullptr);

signals:
    /// The settings, at this field.
    void settingAsked(const QString &key);

private:
    void addDirectory(QVBoxLayout &column);
    void addRadioBrowser(QVBoxLayout &column);
    void showSettings();
    void showStatus();

    StationControl &m_control;
    QCheckBox *m_listed;
    QLabel *m_state;
    QLabel *m_answer;
    QLabel *m_next;
    QComboBox *m_radioBrowser;
};

} // namespace cycast
