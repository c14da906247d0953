// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/health.h"
#include "core/base/result.h"
#include "core/values/listenerinfo.h"
#include "core/values/stationevent.h"
#include "core/values/stationstatus.h"
#include "ui/buffer/bufferhistory.h"

#include <QElapsedTimer>
#include <QWidget>

#include <functional>

class QAction;
class QButtonGroup;
class QLabel;

namespace cycast
{

class BufferChart;
class StationControl;

/// "Buffer health": the verdict as a word, the figures, and the chart over 2 minutes to a day. Remembers
/// samples always, draws only while it can be seen. Its accessible description says in a sentence what the
/// chart shows.
class BufferCard : public QWidget
{
    Q_OBJECT

public:
    explicit BufferCard(StationControl &control, QWidget *parent = nullptr);

    const BufferHistory &history() const { return m_history; }
    BufferChart *chart() const { return m_chart; }
    QString summary() const;
    /// The chart as it is seen, and the figures behind it, as files; beside the figures it is told when that
    /// fails.
    void savePicture(const QString &path);
    void saveTable(const QString &path);
    /// Milliseconds of a clock that never goes back, in place of the machine's; the history starts anew.
    void setClock(std::function<qint64()> nowMs);
    /// For menus: save the chart as a picture or as a table.
    const QList<QAction *> &exportActions() const { return m_exports; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildControls();
    void buildExports();
    void askWhere(bool asPicture);
    void saveAs(const QString &path, const QByteArray &content);
    void take(const StationStatus &status);
    void takeEvent(const StationEvent &event);
    void takeMovement(const ListenersUpdate &update);
    void showFigures(const StationStatus &status);
    void draw(bool now);
    qint64 clockMs() const;
    void describe(bool now);

    StationControl &m_control;
    QElapsedTimer m_clock; ///< the history's clock: monotonic
    std::function<qint64()> m_givenClock;
    BufferHistory m_history;
    FillHistory m_fill; ///< of the last seconds, for the verdict
    bool m_wasOnAir = false;
    QDateTime m_movesKnownUntil = QDateTime::currentDateTime(); ///< who came and went
    BufferChart *m_chart;
    QLabel *m_verdict;
    QString m_verdictInside; ///< its word within a sentence
    QLabel *m_figures;
    QButtonGroup *m_spans;
    QButtonGroup *m_views;
    QList<QAction *> m_exports;
    qint64 m_drawnAtMs = -1;
    qint64 m_describedAtMs = -1;
};

} // namespace cycast
