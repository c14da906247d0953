// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/advice/selftest.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace cycast
{

class StationControl;

/// Measures the station as a listener feels it: connects to its own port, times the first byte, counts bytes
/// for a while, and takes the means of what the station says about itself. One run at a time.
class SelfTestProbe : public QObject
{
    Q_OBJECT

public:
    static constexpr int defaultMs = 30'000; ///< the guide's length

    explicit SelfTestProbe(StationControl &control, QObject *parent = nullptr);

    /// The station must be on the air.
    void start(int lengthMs = defaultMs);
    void stop();
    bool isRunning() const { return m_isRunning; }

signals:
    void progressed(int percent);
    void finished(const cycast::SelfTestFigures &figures);
    void failed(const QString &sentence);

private:
    void readSome();
    void takeStatus();
    void finish();
    void fail(const QString &sentence);

    StationControl &m_control;
    QTcpSocket m_socket;
    QTimer m_ticker;
    QElapsedTimer m_clock;
    FillHistory m_fill;
    QByteArray m_head;
    QList<ByteArrival> m_arrivals;
    double m_firstByteMs = -1.0;
    double m_cpuSum = 0.0;
    double m_bitrateSum = 0.0;
    int m_statuses = 0;
    int m_lengthMs = defaultMs;
    bool m_isRunning = false;
    bool m_hasHead = false;
};

} // namespace cycast
