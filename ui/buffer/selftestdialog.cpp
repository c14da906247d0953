// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/buffer/selftestdialog.h"

#include "ui/buffer/selftestprobe.h"
#include "ui/buffer/verdicts.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/look/readablesize.h"
#include "ui/look/theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

SelfTestDialog::SelfTestDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_probe(new SelfTestProbe(control, this))
    , m_column(new QVBoxLayout(this))
    , m_grid(new QGridLayout)
    , m_progress(new QProgressBar(this))
    , m_message(new QLabel(this))
    , m_start(new QPushButton(this))
    , m_copy(new QPushButton(tr("&Copy result"), this))
{
    setObjectName(u"selfTestDialog"_s);
    setWindowTitle(tr("Self-test"));
    m_column->setContentsMargins(14, 14, 14, 14);
    m_column->setSpacing(12);
    addLines();
    addButtons();
    connect(m_probe, &SelfTestProbe::progressed, m_progress, &QProgressBar::setValue);
    connect(m_probe, &SelfTestProbe::finished, this, &SelfTestDialog::showFigures);
    connect(m_probe, &SelfTestProbe::failed, this, [this](const QString &sentence) {
        say(sentence, true);
        showButtons();
    });
    say(tr("The test listens to your own station for 30 seconds, as a player does, and measures."), false);
    showButtons();
    keepReadable(*this, 72);
}

void SelfTestDialog::addLines()
{
    auto *card = new Card(tr("How well does the station perform?"), this);
    m_column->addWidget(card);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    card->body()->addLayout(m_grid);
    m_firstByte = addLine(tr("First byte"));
    m_throughput = addLine(tr("Throughput of one listener"));
    m_cpu = addLine(tr("Processor"));
    m_memory = addLine(tr("Memory"));
    m_buffer = addLine(tr("Buffer"));
    m_connections = addLine(tr("Connections"));
    m_governor = addLine(tr("Speed of the processor"));
    m_heat = addLine(tr("Heat and power"));
    m_priority = addLine(tr("Priority"));
    m_encryption = addLine(tr("https"));
    for (const Line &line : {m_governor, m_heat, m_priority, m_encryption})
        setShown(line, false);
    m_progress->setRange(0, 100);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the test"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    card->body()->addSpacing(8);
    card->body()->addWidget(m_progress);
    card->body()->addWidget(m_message);
    card->body()->addStretch(1);
}

void SelfTestDialog::addButtons()
{
    auto *buttons = new QHBoxLayout;
    m_start->setObjectName(u"selfTestStart"_s);
    m_start->setDefault(true);
    // As wide as the longest of its texts, in the bold that the default button has.
    const QFontMetrics bold(theme::scaled(font(), 1.0, true));
    for (const QString &text : {tr("&Stop"), tr("&Start the test"), tr("&Test again")})
        m_start->setMinimumWidth(
            std::max(m_start->minimumWidth(), bold.horizontalAdvance(text) + bold.height() * 2));
    m_copy->setObjectName(u"selfTestCopy"_s);
    m_copy->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    buttons->addWidget(m_start);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    m_column->addLayout(buttons);

    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::finished, m_probe, &SelfTestProbe::stop);
    connect(this, &QDialog::finished, this, &SelfTestDialog::showButtons);
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_probe->isRunning()) {
            m_probe->stop();
            say(tr("Stopped."), false);
            showButtons();
        } else {
            start(SelfTestProbe::defaultMs);
        }
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_report);
        say(tr("Copied. It holds figures only: no address, no pass phrase."), false);
    });
}

SelfTestDialog::Line SelfTestDialog::addLine(const QString &what)
{
    const int row = m_grid->rowCount();
    Line line{row, new QLabel(what, this), new QLabel(u"\u2013"_s, this), new QLabel(this), new QLabel(this)};
    for (QLabel *label : {line.name, line.value, line.verdict, line.sentence})
        label->setTextFormat(Qt::PlainText);
    line.value->setFont(theme::scaled(font(), 1.0, true));
    line.value->setAccessibleName(what);
    line.sentence->setWordWrap(true);
    theme::setTone(line.sentence, Tone::Neutral);
    m_grid->addWidget(line.name, row, 0);
    m_grid->addWidget(line.value, row, 1);
    m_grid->addWidget(line.verdict, row, 2, Qt::AlignRight | Qt::AlignVCenter);
    // In a row of its own: beside the others there is no width left for sentences.
    m_grid->addWidget(line.sentence, row + 1, 0, 1, 3);
    setShown(line, true);
    line.verdict->hide();
    return line;
}

void SelfTestDialog::start(int lengthMs)
{
    m_report.clear();
    for (const Line &line : {m_firstByte, m_throughput, m_cpu, m_memory, m_buffer, m_connections}) {
        line.value->setText(u"\u2026"_s);
        line.sentence->clear();
        line.verdict->hide();
    }
    say(tr("Measuring\u2026"), false);
    m_probe->start(lengthMs);
    showButtons();
}

void SelfTestDialog::showButtons()
{
    m_start->setText(m_probe->isRunning() ? tr("&Stop")
                     : m_report.isEmpty() ? tr("&Start the test")
                                          : tr("&Test again"));
    m_copy->setEnabled(!m_report.isEmpty());
}

void SelfTestDialog::say(const QString &sentence, bool isProblem)
{
    m_message->setText(sentence);
    theme::setTone(m_message, isProblem ? Tone::Critical : Tone::Neutral);
}

void SelfTestDialog::put(const Line &line, const QString &value, const Verdict &verdict)
{
    const ShownVerdict words = shown(verdict);
    line.value->setText(value);
    line.sentence->setText(words.sentence);
    line.verdict->setText(words.word);
    theme::setChip(line.verdict, words.tone);
    line.verdict->show();
    line.verdict->updateGeometry(); // the chip has margins that the bare label had not
    m_report += u"%1: %2 (%3)\n"_s.arg(line.value->accessibleName(), value, words.word);
}

void SelfTestDialog::setShown(const Line &line, bool isShown)
{
    for (QLabel *label : {line.name, line.value, line.verdict, line.sentence})
        label->setVisible(isShown);
    m_grid->setRowMinimumHeight(line.row, isShown ? fontMetrics().height() * 3 / 2 : 0);
    m_grid->setRowMinimumHeight(line.row + 2, isShown ? fontMetrics().height() / 3 : 0);
}

void SelfTestDialog::showSystem(const SelfTestFigures &figures)
{
    const SystemFigures &system = figures.system;
    for (const Line &line : {m_governor, m_priority})
        setShown(line, true);
    put(m_governor, system.governor.isEmpty() ? u"\u2013"_s : system.governor,
        describe(governorVerdict(system.governor)));
    setShown(m_heat, system.heat != SystemFigures::Heat::Unknown);
    if (system.heat != SystemFigures::Heat::Unknown)
        put(m_heat, u"\u2013"_s, describe(system.heat));
    put(m_priority, tr("nice %1, processors %2").arg(system.niceness).arg(system.cpus),
        describe(priorityVerdict(system, figures.wantedNice, figures.wantedCpus)));
    setShown(m_encryption, figures.usesTls);
    if (figures.usesTls)
        put(m_encryption, u"\u2013"_s,
            describe(system.hasKernelTls ? EncryptionVerdict::ByKernel : EncryptionVerdict::ByProgram));
}

void SelfTestDialog::showFigures(const SelfTestFigures &figures)
{
    const QLocale locale = humanize::displayLocale();
    m_report = tr("Cycast Desktop %1, self-test of %2")
                   .arg(QStringLiteral(CYCAST_VERSION),
                        locale.toString(QDateTime::currentDateTime(), QLocale::ShortFormat)) +
               u"\n%1, Qt %2, %3\n"_s.arg(QSysInfo::prettyProductName(), QString::fromLatin1(qVersion()),
                                          QSysInfo::currentCpuArchitecture());
    put(m_firstByte, humanize::milliseconds(figures.firstByteMs),
        describe(delayVerdict(figures.firstByteMs)));
    put(m_throughput,
        tr("%1 bytes/s of %2")
            .arg(humanize::number(qRound64(figures.bytesPerSecond)),
                 humanize::number(qint64{figures.bitrateKbps} * 125)),
        describe(throughputVerdict(figures.bytesPerSecond, figures.bitrateKbps)));
    put(m_cpu, humanize::percent(figures.cpuPercent), describe(cpuVerdict(figures.cpuPercent)));
    put(m_memory,
        tr("%1 MB of %2 expected")
            .arg(locale.toString(figures.memoryMb, 'f', 0),
                 locale.toString(expectedMemoryMb(figures.bufferMb, figures.listeners), 'f', 0)),
        describe(memoryVerdict(figures.memoryMb, figures.bufferMb, figures.listeners)));
    put(m_buffer, humanize::percent(figures.fillPercent), describe(figures.buffer));
    put(m_connections,
        figures.descriptorLimit > 0
            ? tr("%1 of %2 allowed")
                  .arg(humanize::number(figures.descriptors), humanize::number(figures.descriptorLimit))
            : humanize::number(figures.descriptors),
        describe(connectionsVerdict(figures.descriptorLimit, figures.listeners, figures.maxListeners)));
    showSystem(figures);
    m_report += tr("Listeners: %1, buffer size: %2 MB, bitrate: %3 kbit/s")
                    .arg(figures.listeners)
                    .arg(figures.bufferMb)
                    .arg(figures.bitrateKbps) +
                u'\n';
    say(tr("Done. The verdicts are those of the tuning guide."), false);
    showButtons();
    keepReadable(*this, 72);
}

} // namespace cycast
