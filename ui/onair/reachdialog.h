// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/reachreport.h"

#include <QDialog>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace cycast
{

class QrCodeView;
class StationControl;

/// "Let people outside listen": what the doctor says in one sentence, the one button that changes it, and a
/// code for a phone that proves it. What was seen on the way is folded away. Looks when it is shown; follows
/// what the station finds out by itself.
class ReachDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ReachDialog(StationControl &control, QWidget *parent = nullptr);

signals:
    void copied(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeAnswer();
    QWidget *makePhone();
    QWidget *makeDetails();
    QWidget *makeButtons();
    void take(const ReachReport &report, bool isOnAir);
    void showAction();
    void showSteps();
    void showPhone();
    void act();
    void fit();

    StationControl &m_control;
    ReachReport m_report;
    bool m_isOnAir = false;
    QLabel *m_sentence = nullptr;
    QLineEdit *m_toCopy = nullptr;
    QPushButton *m_action = nullptr;
    QPushButton *m_close = nullptr; ///< the port, again
    QPushButton *m_look = nullptr;
    QWidget *m_phone = nullptr;
    QrCodeView *m_code = nullptr;
    QLabel *m_phoneHint = nullptr;
    QToolButton *m_fold = nullptr;
    QWidget *m_details = nullptr;
    QGridLayout *m_steps = nullptr;
};

/// How far a link is good, in two or three words for beside it: "at home", "everywhere". Empty: it is not
/// known. Pure.
QString linkReach(ReachScope scope, const QString &host);

} // namespace cycast
