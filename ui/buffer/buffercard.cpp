// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/buffercard.h"

#include "core/base/filewriter.h"
#include "core/station/stationcontrol.h"
#include "ui/buffer/bufferchart.h"
#include "ui/buffer/chartexport.h"
#include "ui/buffer/verdicts.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QBuffer>
#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
constexpr qint64 describeEveryMs = 4'000;
constexpr double steadyPoints = 5.0; ///< swings below this are called steady

/// A pixel of the long curves is worth seconds: they are drawn no more often than that.
qint64 drawEveryMs(BufferHistory::Span span)
{
    return std::min<qint64>(BufferHistory::spanMs(span) / 480, 5'000);
}

} // namespace

BufferCard::BufferCard(StationControl &control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_chart(new BufferChart(this))
    , m_verdict(new QLabel(this))
    , m_figures(new QLabel(this))
    , m_spans(new QButtonGroup(this))
    , m_views(new QButtonGroup(this))
{
    m_clock.start();
    auto *card = new Card(tr("Buffer health"), this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    m_verdict->setTextFormat(Qt::PlainText);
    m_figures->setTextFormat(Qt::PlainText);
    theme::setTone(m_figures, Tone::Neutral);
    card->addBesideTitle(m_verdict);
    card->addToHeader(m_figures);
    card->body()->addWidget(m_chart, 1);
    buildExports();
    card->body()->addWidget(buildControls());
    m_chart->setAccessibleName(tr("Chart of the buffer"));
    m_chart->setPlaceholder(tr("The buffer shows here as soon as you are on the air."));
    setFocusProxy(m_chart);

    connect(&control, &StationControl::statusChanged, this, &BufferCard::take);
    connect(&control, &StationControl::eventHappened, this, &BufferCard::takeEvent);
    connect(&control, &StationControl::listenersChanged, this, &BufferCard::takeMovement);
    take(control.lastStatus());
}

QWidget *BufferCard::buildControls()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    // Lower than other buttons: the height belongs to the chart.
    row->setStyleSheet(u"QToolButton { padding: 0.1em 0.6em; border-radius: 6px; }"
                       "QToolButton:focus { padding: 0.03em 0.53em; }"_s);
    const auto add = [&](QButtonGroup *group, int id, const QString &text, const QString &name) {
        auto *button = new QToolButton(row);
        button->setProperty("boxed", true);
        button->setCheckable(true);
        button->setText(text);
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setFont(theme::scaled(font(), 0.9));
        group->addButton(button, id);
        layout->addWidget(button);
        if (id == 0)
            button->setChecked(true);
    };
    add(m_views, 0, tr("Fill"), tr("Show the fill of the buffer"));
    add(m_views, 1, tr("Rate and listeners"), tr("Show the outgoing rate and the listeners"));
    add(m_views, 2, tr("Delay and CPU"), tr("Show the latency and the processor"));
    layout->addStretch(1);
    add(m_spans, 0, tr("2 min"), tr("Show the last 2 minutes"));
    add(m_spans, 1, tr("10 min"), tr("Show the last 10 minutes"));
    add(m_spans, 2, tr("1 h"), tr("Show the last hour"));
    add(m_spans, 3, tr("24 h"), tr("Show the last 24 hours"));
    connect(m_spans, &QButtonGroup::idClicked, this, [this](int id) {
        m_chart->setSpan(static_cast<BufferHistory::Span>(id));
        draw(true);
        describe(true);
    });
    connect(m_views, &QButtonGroup::idClicked, this, [this](int id) {
        m_chart->setView(static_cast<BufferChart::View>(id));
        draw(true);
        describe(true);
    });
    return row;
}

void BufferCard::buildExports()
{
    auto *picture = new QAction(tr("Save chart as p&icture\u2026"), this);
    auto *table = new QAction(tr("Save chart as &table (CSV)\u2026"), this);
    connect(picture, &QAction::triggered, this, [this] { askWhere(true); });
    connect(table, &QAction::triggered, this, [this] { askWhere(false); });
    m_exports = {picture, table};
    m_chart->addActions(m_exports);
    m_chart->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void BufferCard::askWhere(bool asPicture)
{
    auto *dialog = new QFileDialog(this, asPicture ? tr("Save chart as picture") : tr("Save chart as table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(asPicture ? u"png"_s : u"csv"_s);
    dialog->setNameFilter(asPicture ? tr("Pictures (*.png)") : tr("Tables (*.csv)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, asPicture](const QString &path) {
        if (asPicture)
            savePicture(path);
        else
            saveTable(path);
    });
    dialog->open();
}

void BufferCard::savePicture(const QString &path)
{
    m_chart->draw(m_history, clockMs());
    QBuffer picture;
    m_chart->grab().save(&picture, "PNG");
    saveAs(path, picture.data());
}

void BufferCard::saveTable(const QString &path)
{
    saveAs(path, chartCsv(m_history, m_chart->span(), clockMs(), QDateTime::currentDateTime()));
}

void BufferCard::saveAs(const QString &path, const QByteArray &content)
{
    FileWriter::shared().write(
        path, [content] { return content; }, {.makesFolder = false}, this,
        [this, path](const QString &error) {
            const QString sentence = tr("%1 could not be written: %2.").arg(path, error);
            m_figures->setToolTip(error.isEmpty() ? QString() : sentence.toHtmlEscaped());
            if (!error.isEmpty())
                m_figures->setText(tr("The chart could not be saved there."));
        });
}

qint64 BufferCard::clockMs() const
{
    return m_givenClock ? m_givenClock() : m_clock.elapsed();
}

void BufferCard::setClock(std::function<qint64()> nowMs)
{
    m_givenClock = std::move(nowMs);
    m_history.clear();
    m_drawnAtMs = -1;
    m_describedAtMs = -1;
}

void BufferCard::take(const StationStatus &status)
{
    const qint64 now = clockMs();
    const bool onAir = status.state == AirState::OnAir;
    BufferHistory::Sample sample;
    sample.atMs = now;
    // The time between two broadcasts reads as an empty buffer, not as a slope from one to the other.
    if (onAir != m_wasOnAir && !m_history.isEmpty())
        m_history.add(sample);
    if (onAir) {
        sample.fillPercent = status.buffer.fillPercent;
        sample.bytes = status.buffer.available;
        sample.aheadSeconds = status.buffer.aheadSeconds;
        sample.outBytesPerSecond = status.outBytesPerSecond;
        sample.listeners = status.listeners;
        sample.latencyMs = status.latencyMs;
        sample.cpuPercent = status.cpuPercent;
        m_history.add(sample);
    }
    m_fill.add(now, status);
    const bool turned = onAir != m_wasOnAir;
    m_wasOnAir = onAir;
    showFigures(status);
    draw(turned);
    describe(turned);
}

void BufferCard::takeEvent(const StationEvent &event)
{
    const qint64 now = clockMs();
    const qint64 ago = event.when.isValid() ? event.when.msecsTo(QDateTime::currentDateTime()) : 0;
    m_history.addFlag({now - std::clamp<qint64>(ago, 0, BufferHistory::spanMs(BufferHistory::Span::Day)),
                       event.kind, said(event.text)});
    // The read-ahead that was cut on purpose is no swing.
    if (event.kind == StationEvent::Kind::Skip || event.kind == StationEvent::Kind::SettingsChanged)
        m_fill.restart();
    draw(true);
}

/// A table that is asked for anew (nobody looked for a while) names everybody who is there, and who left
/// lately: who came or went since the last look is told by the times beside them.
void BufferCard::takeMovement(const ListenersUpdate &update)
{
    const QDateTime wall = QDateTime::currentDateTime();
    const qint64 now = clockMs();
    const auto moved = [&](const QDateTime &when, int joined, int left) {
        if (!update.complete)
            m_history.addMovement(now, joined, left);
        else if (when.isValid() && when > m_movesKnownUntil)
            m_history.addMovement(now - std::max<qint64>(0, when.msecsTo(wall)), joined, left);
    };
    for (const ListenerInfo &info : update.joined)
        moved(info.connectedAt, 1, 0);
    for (const ListenerGone &gone : update.left) {
        moved(gone.leftAt, 0, 1);
        if (update.complete)
            moved(gone.info.connectedAt, 1, 0);
    }
    m_movesKnownUntil = wall;
}

void BufferCard::showFigures(const StationStatus &status)
{
    const ShownVerdict verdict = shown(cycast::describe(bufferVerdict(status, m_fill)));
    if (m_verdict->text() != verdict.word)
        m_verdict->setText(verdict.word);
    m_verdictInside = verdict.inside;
    m_verdict->setToolTip(u"<p>%1</p>"_s.arg(verdict.sentence.toHtmlEscaped()));
    m_verdict->setAccessibleDescription(verdict.sentence);
    m_verdict->setAccessibleName(tr("Verdict on the buffer: %1").arg(verdict.word));
    theme::setChip(m_verdict, verdict.tone);

    QString text;
    if (status.state == AirState::OnAir) {
        constexpr double mega = 1024.0 * 1024.0;
        const QLocale locale = humanize::displayLocale();
        text = tr("%1  ·  %2 of %3 MB  ·  %4 ahead")
                   .arg(humanize::percent(status.buffer.fillPercent),
                        locale.toString(static_cast<double>(status.buffer.available) / mega, 'f', 1),
                        locale.toString(static_cast<double>(status.buffer.capacity) / mega, 'f', 0),
                        humanize::duration(std::llround(status.buffer.aheadSeconds * 1000.0)));
    }
    if (m_figures->text() != text)
        m_figures->setText(text);
}

void BufferCard::draw(bool now)
{
    if (!isVisible() || window()->isMinimized())
        return;
    const qint64 time = clockMs();
    if (!now && m_drawnAtMs >= 0 && time - m_drawnAtMs < drawEveryMs(m_chart->span()))
        return;
    m_drawnAtMs = time;
    m_chart->draw(m_history, time);
}

QString BufferCard::summary() const
{
    const StationStatus &status = m_control.lastStatus();
    if (status.state != AirState::OnAir)
        return tr("Off air. The buffer is empty.");
    const qint64 now = clockMs();
    if (m_chart->view() == BufferChart::View::Traffic) {
        return tr("%1 going out to %2.")
            .arg(humanize::rate(status.outBytesPerSecond), humanize::listeners(status.listeners));
    }
    if (m_chart->view() == BufferChart::View::Load) {
        const QString load =
            tr("Latency %1, processor %2 of a core.")
                .arg(humanize::milliseconds(status.latencyMs), humanize::percent(status.cpuPercent));
        return status.gatheringMs == 0
                   ? load
                   : load + u' ' +
                         tr("Gathering %1: many listeners.").arg(humanize::milliseconds(status.gatheringMs));
    }
    const double swing = m_history.swing(now, BufferHistory::spanMs(BufferHistory::Span::TwoMinutes));
    QString text =
        tr("Buffer %1, %2, %3 ahead, %4 over the last 2 minutes.")
            .arg(m_verdictInside, humanize::percent(status.buffer.fillPercent),
                 humanize::duration(std::llround(status.buffer.aheadSeconds * 1000.0)),
                 swing < steadyPoints
                     ? tr("steady")
                     : tr("swinging by %1 points").arg(humanize::displayLocale().toString(swing, 'f', 0)));
    int joined = 0;
    int left = 0;
    for (const BufferHistory::Movement &part : m_history.movements(m_chart->span(), now)) {
        joined += part.joined;
        left += part.left;
    }
    if (joined > 0 || left > 0)
        text += u' ' + tr("Listeners in this span: %1.").arg(movementText(joined, left));
    const QList<BufferHistory::Flag> flags = m_history.flags(m_chart->span(), now);
    if (!flags.isEmpty()) {
        text +=
            u' ' +
            tr("Last event, %1 ago: %2").arg(humanize::duration(now - flags.last().atMs), flags.last().text);
    }
    return text;
}

/// Screen readers are told seldom: a description that changes four times a second is noise.
void BufferCard::describe(bool now)
{
    const qint64 time = clockMs();
    if (!now && m_describedAtMs >= 0 && time - m_describedAtMs < describeEveryMs)
        return;
    m_describedAtMs = time;
    const QString text = summary();
    if (m_chart->accessibleDescription() != text)
        m_chart->setAccessibleDescription(text);
}

void BufferCard::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    draw(true);
}

} // namespace cycast
