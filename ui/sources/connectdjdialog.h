// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sourceattempt.h"
#include "core/values/stationaddresses.h"
#include "core/values/stationstatus.h"
#include "ui/look/theme.h"
#include "ui/sources/djvalues.h"

#include <QDialog>

class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace cycast
{

class StationControl;

/// "Connect a DJ": what to type into Mixxx, BUTT, VLC, OBS or ffmpeg, each value with Copy. The pass phrase
/// is hidden until asked for; a ready file for the program holds it, and is written only when somebody saves
/// it. Waits for the DJ: turns green when he is on, or says why he was refused.
class ConnectDjDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDjDialog(StationControl &control, QWidget *parent = nullptr);

    void choose(DjProgram program);
    bool showsPassword() const;
    void setPasswordShown(bool shown);
    /// The program's ready file, to `path`; of several the one that its suffix tells. Says how it went.
    void saveFile(const QString &path);

private:
    void addPlaceChoice(QHBoxLayout &line);
    void askWhere();
    void sayUse(const QString &text, Tone tone);
    DjDoor door() const;
    DjProgram program() const;
    void fill();
    void addRow(QGridLayout &grid, const DjValue &value, const QString &password);
    void takeAttempt(const SourceAttempt &attempt);
    void takeStatus(const StationStatus &status);

    StationControl &m_control;
    QComboBox *m_program;
    QComboBox *m_placeOfDj;
    QLabel *m_placeCaption;
    QLabel *m_where;
    QVBoxLayout *m_place;
    QWidget *m_values = nullptr;
    QPushButton *m_show;
    QPushButton *m_save;
    QLabel *m_fileUse;
    QLabel *m_state;
    StationAddresses m_addresses;
    bool m_isLive = false;
};

} // namespace cycast
