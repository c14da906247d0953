// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/logentry.h"

#include <QDockWidget>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QTreeView;

namespace cycast
{

class LogFilter;
class LogModel;

/// The log: the latest 10,000 lines, by level and by text, as plain text. Lines are shown in batches; while
/// the dock is hidden they are only put aside. Follows the end unless somebody has scrolled up to read.
class LogDock : public QDockWidget
{
    Q_OBJECT

public:
    static constexpr int lineLimit = 10'000;

    explicit LogDock(QWidget *parent = nullptr);

    /// Shows the switch as the settings have it; emits nothing.
    void setVerbose(bool on);
    /// Lines that pass level and text now.
    int shownCount() const;

public slots:
    void append(const cycast::LogEntry &entry);

signals:
    /// The person at the desk wants settings.advanced.verboseLogging like this.
    void verboseToggled(bool on);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildList();
    void flush();
    void copy();
    void clear();
    void takeColours();
    bool isAtEnd() const;

    LogModel *m_model;
    LogFilter *m_filter;
    QTreeView *m_list;
    QComboBox *m_level;
    QLineEdit *m_search;
    QCheckBox *m_verbose;
    QList<LogEntry> m_waiting; ///< not shown yet, never more than lineLimit
    QTimer m_batch;
};

} // namespace cycast
