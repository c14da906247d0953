// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sourceattempt.h"

#include <QDockWidget>

class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace cycast
{

class KnockModel;
class StationControl;

/// "Who knocked": every attempt to broadcast, what became of it, and the cure with one click.
class KnockDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit KnockDock(StationControl &control, QWidget *parent = nullptr);

signals:
    /// The values a DJ needs: "Connect a DJ".
    void valuesAsked();
    /// The settings dialog, at this field.
    void settingAsked(const QString &key);
    /// A refusal while nobody looks: a sentence.
    void refused(const QString &sentence);

private:
    void add(const SourceAttempt &attempt);
    void showCure();
    void applyCure();
    int currentRow() const;

    StationControl &m_control;
    KnockModel *m_model;
    QTableView *m_table;
    QLabel *m_empty;
    QLabel *m_sentence;
    QPushButton *m_cure;
    QStackedLayout *m_pages;
};

} // namespace cycast
