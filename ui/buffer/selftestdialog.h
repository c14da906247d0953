// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/selftest.h"

#include <QDialog>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace cycast
{

class SelfTestProbe;
class StationControl;

/// "Measuring performance" as one button: a figure for each of its points, each with the guide's verdict. The
/// result can be copied: figures and versions, nothing that names the station or could open it.
class SelfTestDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SelfTestDialog(StationControl &control, QWidget *parent = nullptr);

    void start(int lengthMs);
    /// As it is copied; empty before a test has ended.
    const QString &report() const { return m_report; }

private:
    struct Line {
        int row;
        QLabel *name;
        QLabel *value;
        QLabel *verdict;
        QLabel *sentence;
    };
    void addLines();
    Line addLine(const QString &what);
    void addButtons();
    void put(const Line &line, const QString &value, const Verdict &verdict);
    void showFigures(const SelfTestFigures &figures);
    void say(const QString &sentence, bool isProblem);
    void showButtons();

    SelfTestProbe *m_probe;
    QVBoxLayout *m_column;
    QGridLayout *m_grid;
    QProgressBar *m_progress;
    QLabel *m_message;
    /// What this computer has nothing to say of is not shown.
    void setShown(const Line &line, bool isShown);
    void showSystem(const SelfTestFigures &figures);

    Line m_firstByte, m_throughput, m_cpu, m_memory, m_buffer, m_connections, m_governor, m_heat, m_priority,
        m_encryption;
    QPushButton *m_start;
    QPushButton *m_copy;
    QString m_report;
};

} // namespace cycast
