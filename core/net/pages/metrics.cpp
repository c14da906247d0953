// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/pages/metrics.h"
#include "core/values/listenerinfo.h"
#include "core/values/stationstatus.h"

#include <algorithm>
#include <array>

namespace cycast
{
namespace
{

// Below a second nobody notices; beyond ten minutes somebody has paused.
constexpr std::array<double, 8> lagBounds = {0.25, 1, 2.5, 5, 10, 30, 120, 600};

QByteArray label(const QByteArray &name, const QString &value)
{
    QByteArray escaped = value.toUtf8();
    escaped.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return name + "=\"" + escaped + '"';
}

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 15);
}

class Metrics
{
public:
    /// One metric with one sample. `type`: gauge or counter.
    void add(const char *name, const char *type, const char *help, double value,
             const QByteArray &labels = {})
    {
        begin(name, type, help);
        sample(name, labels, value);
    }
    void begin(const char *name, const char *type, const char *help)
    {
        m_text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void sample(const QByteArray &name, const QByteArray &labels, double value)
    {
        m_text += name + (labels.isEmpty() ? QByteArray() : '{' + labels + '}') + ' ' + number(value) + '\n';
    }
    QByteArray text() const { return m_text; }

private:
    QByteArray m_text;
};

void addLag(Metrics &metrics, const QByteArray &mount, const QList<ListenerFigures> &figures)
{
    std::array<qint64, lagBounds.size()> counts{};
    double sum = 0;
    for (const ListenerFigures &listener : figures) {
        const auto behind = static_cast<double>(listener.behindSeconds);
        sum += behind;
        const auto bound = std::lower_bound(lagBounds.begin(), lagBounds.end(), behind);
        if (bound != lagBounds.end())
            ++counts[static_cast<size_t>(bound - lagBounds.begin())];
    }
    metrics.begin("cycast_listener_lag_seconds", "histogram", "How far listeners are behind the broadcast.");
    qint64 upTo = 0;
    for (size_t i = 0; i < lagBounds.size(); ++i) {
        upTo += counts[i];
        metrics.sample("cycast_listener_lag_seconds_bucket", mount + ",le=\"" + number(lagBounds[i]) + '"',
                       static_cast<double>(upTo));
    }
    const auto all = static_cast<double>(figures.size());
    metrics.sample("cycast_listener_lag_seconds_bucket", mount + ",le=\"+Inf\"", all);
    metrics.sample("cycast_listener_lag_seconds_sum", mount, sum);
    metrics.sample("cycast_listener_lag_seconds_count", mount, all);
}

} // namespace

QByteArray metricsText(const StationStatus &status, const StationDescription &station,
                       const QList<ListenerFigures> &figures, const MetricsExtras &extras)
{
    const QByteArray mount = label("mount", station.mount);
    const auto of = [](qint64 value) { return static_cast<double>(value); };
    Metrics metrics;
    metrics.add("cycast_build_info", "gauge", "Always 1; the label is the version.", 1,
                label("version", QStringLiteral(CYCAST_VERSION)));
    metrics.add("cycast_on_air", "gauge", "1 while the station broadcasts.",
                status.state == AirState::OnAir ? 1 : 0);
    metrics.add("cycast_on_air_seconds", "gauge", "How long it has been on the air.",
                of(status.onAirMs) / 1000);
    metrics.add("cycast_source_connected", "gauge", "1 while a live source is connected.",
                status.source.connected ? 1 : 0);
    metrics.add("cycast_listeners", "gauge", "Listeners now.", of(figures.size()), mount);
    metrics.add("cycast_listeners_peak", "gauge", "Most listeners at once.", of(status.listenersPeak), mount);
    metrics.add("cycast_listeners_stalled", "gauge", "Listeners that accept nothing.",
                of(status.stalledListeners), mount);
    addLag(metrics, mount, figures);
    metrics.add("cycast_listener_skips_total", "counter", "Jumps of listeners that fell too far behind.",
                of(status.skips), mount);
    metrics.add("cycast_bytes_sent_total", "counter", "Audio and titles accepted by the system.",
                of(status.totalBytesSent), mount);
    metrics.add("cycast_buffer_seconds", "gauge", "Audio read ahead.", status.buffer.aheadSeconds, mount);
    metrics.add("cycast_buffer_fill_ratio", "gauge", "The same as a part of the buffer, 0 to 1.",
                status.buffer.fillPercent / 100, mount);
    metrics.add("cycast_underruns_total", "counter", "Times when audio was not there in time.",
                of(extras.underruns), label("cause", QStringLiteral("playlist")));
    metrics.add("cycast_bitrate_kbps", "gauge", "Of what is heard.", of(status.bitrateKbps), mount);
    metrics.add("process_cpu_seconds_total", "counter", "Processor time of this process.", extras.cpuSeconds);
    metrics.add("process_resident_memory_bytes", "gauge", "Memory of this process.", of(status.memoryBytes));
    metrics.add("process_open_fds", "gauge", "Connections and files that are open.", of(status.descriptors));
    metrics.add("process_max_fds", "gauge", "How many the computer allows; 0: unknown.",
                of(status.descriptorLimit));
    return metrics.text();
}

} // namespace cycast
