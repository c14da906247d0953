// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/selftestprobe.h"

#include "core/station/stationcontrol.h"

#include <QUrl>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

constexpr int tickMs = 200;
constexpr int firstByteMs = 5'000;
/// The burst that every newcomer gets is not the rate of the stream.
constexpr double burstSeconds = 1.0;
constexpr qsizetype maxHeadBytes = 16'384;

} // namespace

SelfTestProbe::SelfTestProbe(StationControl &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_socket(this)
    , m_ticker(this)
{
    m_ticker.setInterval(tickMs);
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        const QUrl url(m_control.lastStatus().addresses.localUrl);
        m_socket.write(
            "GET " + url.path(QUrl::FullyEncoded).toLatin1() + " HTTP/1.0\r\nHost: " + url.host().toLatin1() +
            "\r\nUser-Agent: Cycast self-test\r\nX-Cycast-Monitor: " + m_control.monitorToken() + "\r\n\r\n");
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &SelfTestProbe::readSome);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, [this] {
        if (m_isRunning)
            fail(tr("The station did not let the test listen: %1.").arg(m_socket.errorString()));
    });
    connect(&control, &StationControl::statusChanged, this, &SelfTestProbe::takeStatus);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        const qint64 elapsed = m_clock.elapsed();
        if (m_firstByteMs < 0 && elapsed > firstByteMs)
            fail(tr("No audio came within %1 s.").arg(firstByteMs / 1000));
        else if (elapsed >= m_lengthMs)
            finish();
        else
            emit progressed(static_cast<int>(elapsed * 100 / m_lengthMs));
    });
}

void SelfTestProbe::start(int lengthMs)
{
    stop();
    const StationStatus &status = m_control.lastStatus();
    if (status.state != AirState::OnAir) {
        emit failed(tr("Go on air first: the test listens to your own station."));
        return;
    }
    m_lengthMs = lengthMs;
    m_head.clear();
    m_arrivals.clear();
    m_firstByteMs = -1.0;
    m_cpuSum = m_bitrateSum = 0.0;
    m_statuses = 0;
    m_hasHead = false;
    m_fill.restart();
    m_isRunning = true;
    m_clock.start();
    m_ticker.start();
    const QUrl url(status.addresses.localUrl);
    m_socket.connectToHost(url.host(), static_cast<quint16>(url.port(80)));
    emit progressed(0);
}

void SelfTestProbe::stop()
{
    m_isRunning = false;
    m_ticker.stop();
    m_socket.abort();
}

void SelfTestProbe::fail(const QString &sentence)
{
    stop();
    emit failed(sentence);
}

void SelfTestProbe::readSome()
{
    if (!m_isRunning)
        return;
    const double now = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
    QByteArray bytes = m_socket.readAll();
    if (!m_hasHead) {
        m_head += bytes;
        const qsizetype end = m_head.indexOf("\r\n\r\n");
        if (end < 0) {
            if (m_head.size() > maxHeadBytes)
                fail(tr("The station's answer cannot be understood."));
            return;
        }
        const QByteArray status = m_head.left(m_head.indexOf('\r'));
        if (!status.contains(" 200")) {
            fail(tr("The station answered \u201c%1\u201d.").arg(QString::fromLatin1(status.left(80))));
            return;
        }
        m_hasHead = true;
        bytes = m_head.mid(end + 4);
    }
    if (bytes.isEmpty())
        return;
    if (m_firstByteMs < 0)
        m_firstByteMs = now * 1000.0;
    m_arrivals.append({now, bytes.size()});
}

void SelfTestProbe::takeStatus()
{
    if (!m_isRunning)
        return;
    const StationStatus &status = m_control.lastStatus();
    if (status.state != AirState::OnAir) {
        fail(tr("The station went off the air during the test."));
        return;
    }
    m_fill.add(m_clock.elapsed(), status);
    m_cpuSum += status.cpuPercent;
    m_bitrateSum += status.bitrateKbps;
    ++m_statuses;
}

void SelfTestProbe::finish()
{
    const StationStatus &status = m_control.lastStatus();
    SelfTestFigures figures;
    figures.firstByteMs = m_firstByteMs;
    figures.bytesPerSecond = sustainedBytesPerSecond(m_arrivals, m_firstByteMs / 1000.0 + burstSeconds);
    figures.measuredSeconds = static_cast<double>(m_lengthMs) / 1000.0;
    const int count = std::max(1, m_statuses);
    figures.bitrateKbps = static_cast<int>(std::lround(m_bitrateSum / count));
    figures.cpuPercent = m_cpuSum / count;
    figures.memoryMb = static_cast<double>(status.memoryBytes) / (1024.0 * 1024.0);
    figures.descriptors = status.descriptors;
    figures.descriptorLimit = status.descriptorLimit;
    figures.maxListeners = m_control.settings().advanced.maxListeners;
    figures.system = systemFigures();
    figures.wantedNice = m_control.settings().advanced.nice;
    figures.wantedCpus = m_control.settings().advanced.cpus;
    figures.usesTls = !m_control.settings().server.tlsCertificate.isEmpty();
    figures.bufferMb = m_control.settings().buffer.sizeMb;
    figures.listeners = status.listeners;
    figures.fillPercent = status.buffer.fillPercent;
    figures.buffer = bufferVerdict(status, m_fill);
    stop();
    emit progressed(100);
    emit finished(figures);
}

} // namespace cycast
