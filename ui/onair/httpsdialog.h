// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/httpsstatus.h"
#include "ui/look/theme.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace cycast
{

class StationControl;

/// How it stands with the certificate, in words.
struct HttpsWords {
    QString state;
    QString more; ///< how long it is valid, when it is tried again; empty: nothing to say
    Tone tone = Tone::Neutral;
};
/// Pure.
HttpsWords httpsWords(const HttpsStatus &status, bool isWanted);

/// "Use https": a name or an address, what is needed, one button, and what happens, in words.
class HttpsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HttpsDialog(StationControl &control, QWidget *parent = nullptr);

private:
    void addForm(QVBoxLayout &column);
    void addState(QVBoxLayout &column);
    void press();
    void showSettings();
    void showStatus();

    StationControl &m_control;
    QLineEdit *m_name;
    QLabel *m_state;
    QLabel *m_detail;
    QLabel *m_more;
    QProgressBar *m_progress;
    QPushButton *m_go;
    QPushButton *m_off;
};

} // namespace cycast
