// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/reachdialog.h"

#include "core/station/stationcontrol.h"
#include "ui/look/plainlabel.h"
#include "ui/look/readablesize.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"
#include "ui/onair/qrcode.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHostAddress>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

Tone toneOf(ReachScope scope)
{
    return scope == ReachScope::Everywhere || scope == ReachScope::Ipv6Only ? Tone::Good : Tone::Plain;
}

bool isHomely(const QHostAddress &address)
{
    if (address.isLinkLocal() || address.isUniqueLocalUnicast())
        return true;
    const QStringList nets{u"10.0.0.0/8"_s, u"172.16.0.0/12"_s, u"192.168.0.0/16"_s, u"100.64.0.0/10"_s};
    return std::any_of(nets.begin(), nets.end(), [&address](const QString &net) {
        return address.isInSubnet(QHostAddress::parseSubnet(net));
    });
}

QString actionWords(ReachAction action)
{
    switch (action) {
    case ReachAction::OpenPort:
        return ReachDialog::tr("&Open the port");
    case ReachAction::ListenAll:
        return ReachDialog::tr("&Let the network in");
    case ReachAction::CopyText:
        return ReachDialog::tr("&Copy");
    case ReachAction::Look:
    case ReachAction::None:
        break;
    }
    return {};
}

QString stateWord(ReachStep::State state)
{
    switch (state) {
    case ReachStep::State::Good:
        return ReachDialog::tr("fine");
    case ReachStep::State::Bad:
        return ReachDialog::tr("closed");
    case ReachStep::State::Unclear:
        break;
    }
    return ReachDialog::tr("unknown");
}

Tone stateTone(ReachStep::State state)
{
    switch (state) {
    case ReachStep::State::Good:
        return Tone::Good;
    case ReachStep::State::Bad:
        return Tone::Warning;
    case ReachStep::State::Unclear:
        break;
    }
    return Tone::Neutral;
}

} // namespace

QString linkReach(ReachScope scope, const QString &host)
{
    if (scope == ReachScope::Everywhere)
        return ReachDialog::tr("everywhere");
    if (scope == ReachScope::Ipv6Only)
        return ReachDialog::tr("everywhere, IPv6 only");
    const QHostAddress address(host);
    if (address.isLoopback())
        return ReachDialog::tr("on this computer");
    if (scope == ReachScope::Home || isHomely(address))
        return ReachDialog::tr("at home");
    return {};
}

ReachDialog::ReachDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
{
    setObjectName(u"reachDialog"_s);
    setWindowTitle(tr("Let people outside listen"));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(makeAnswer());
    column->addWidget(makePhone());
    column->addWidget(makeDetails());
    column->addStretch(1);
    column->addWidget(makeButtons());
    const auto follow = [this] {
        const StationStatus &status = m_control.lastStatus();
        take(status.reach, status.state == AirState::OnAir);
    };
    connect(&control, &StationControl::statusChanged, this, follow);
    connect(&control, &StationControl::settingsApplied, this, &ReachDialog::showAction);
    m_isOnAir = control.isOnAir();
    m_report = control.lastStatus().reach;
    showAction();
    showPhone();
    showSteps();
    keepReadable(*this, 72);
}

QWidget *ReachDialog::makeAnswer()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_sentence = plainLabel({}, box);
    m_sentence->setObjectName(u"reachSentence"_s);
    m_sentence->setWordWrap(true);
    m_sentence->setFont(theme::scaled(font(), 1.15));
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_sentence);
    auto *row = new QHBoxLayout;
    m_toCopy = new QLineEdit(box);
    m_toCopy->setObjectName(u"reachText"_s);
    m_toCopy->setReadOnly(true);
    m_toCopy->setAccessibleName(tr("What to enter"));
    m_action = new QPushButton(box);
    m_action->setObjectName(u"reachAction"_s);
    m_action->setDefault(true);
    m_close = new QPushButton(tr("Close the &port again"), box);
    m_close->setObjectName(u"reachClosePort"_s);
    m_close->setAutoDefault(false);
    row->addWidget(m_toCopy, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    row->addStretch(0);
    column->addLayout(row);
    connect(m_action, &QPushButton::clicked, this, &ReachDialog::act);
    connect(m_close, &QPushButton::clicked, this,
            [this] { m_control.change([](Settings &settings) { settings.reach.openPort = false; }); });
    return box;
}

QWidget *ReachDialog::makePhone()
{
    m_phone = new QWidget(this);
    auto *row = new QHBoxLayout(m_phone);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    m_code = new QrCodeView(m_phone);
    m_phoneHint = plainLabel({}, m_phone);
    m_phoneHint->setObjectName(u"reachPhone"_s);
    m_phoneHint->setWordWrap(true);
    row->addWidget(m_code);
    row->addWidget(m_phoneHint, 1);
    return m_phone;
}

QWidget *ReachDialog::makeDetails()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_fold = new QToolButton(box);
    m_fold->setObjectName(u"reachFold"_s);
    m_fold->setText(tr("What was &seen"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_details = new QWidget(box);
    m_steps = new QGridLayout(m_details);
    m_steps->setColumnStretch(2, 1);
    m_steps->setHorizontalSpacing(12);
    m_details->hide();
    column->addWidget(m_fold);
    column->addWidget(m_details);
    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) {
        m_fold->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
        m_details->setVisible(isOpen);
        fit();
    });
    return box;
}

QWidget *ReachDialog::makeButtons()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_look = new QPushButton(tr("Look &again"), box);
    m_look->setObjectName(u"reachLook"_s);
    m_look->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"), box);
    close->setAutoDefault(false);
    row->addWidget(m_look);
    row->addStretch(1);
    row->addWidget(close);
    connect(m_look, &QPushButton::clicked, &m_control, &StationControl::checkReach);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return box;
}

void ReachDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous() && m_isOnAir)
        m_control.checkReach();
}

void ReachDialog::act()
{
    switch (m_report.action) {
    case ReachAction::OpenPort:
        m_control.change([](Settings &settings) { settings.reach.openPort = true; });
        break;
    case ReachAction::ListenAll:
        m_control.change([](Settings &settings) { settings.server.host = u"0.0.0.0"_s; });
        break;
    case ReachAction::CopyText:
        QGuiApplication::clipboard()->setText(m_report.actionText);
        emit copied(m_report.actionText);
        break;
    case ReachAction::Look:
    case ReachAction::None:
        break;
    }
}

void ReachDialog::take(const ReachReport &report, bool isOnAir)
{
    if (report == m_report && isOnAir == m_isOnAir)
        return;
    const bool isOther = report.steps != m_report.steps;
    const bool hasGoneOnAir = isOnAir && !m_isOnAir;
    m_report = report;
    m_isOnAir = isOnAir;
    showAction();
    showPhone();
    if (isOther)
        showSteps();
    fit();
    if (hasGoneOnAir && isVisible())
        m_control.checkReach();
}

void ReachDialog::showAction()
{
    const bool isLooking = m_isOnAir && m_report.isLooking;
    if (!m_isOnAir)
        m_sentence->setText(tr("Go on the air first: then it can be seen who can listen."));
    else if (isLooking || m_report.sentence.isEmpty())
        m_sentence->setText(tr("Looking at this computer, the router and what is behind it\u2026"));
    else
        m_sentence->setText(said(m_report.sentence));
    const bool isKnown = m_isOnAir && !isLooking;
    theme::setTone(m_sentence, isKnown ? toneOf(m_report.scope) : Tone::Neutral);
    const QString words = isKnown ? actionWords(m_report.action) : QString();
    const bool opens = m_control.settings().reach.openPort;
    // What was asked for already is not offered again.
    m_action->setVisible(!words.isEmpty() && !(m_report.action == ReachAction::OpenPort && opens));
    m_action->setText(words);
    m_toCopy->setVisible(isKnown && m_report.action == ReachAction::CopyText);
    m_toCopy->setText(m_report.actionText);
    m_toCopy->setCursorPosition(0);
    m_close->setVisible(isKnown && opens);
    m_look->setEnabled(isKnown);
}

void ReachDialog::showPhone()
{
    const bool isShown = m_isOnAir && !m_report.publicUrl.isEmpty();
    m_phone->setVisible(isShown);
    if (!isShown)
        return;
    m_code->setText(m_report.publicUrl);
    m_phoneHint->setText(tr("Try it with a phone: switch its Wi-Fi off, and point its camera here. When it "
                            "listens, that is noticed here by itself.\n\n%1")
                             .arg(m_report.publicUrl));
}

/// As high as its sentences are at this width.
void ReachDialog::fit()
{
    layout()->activate();
    resize(width(), qMax(layout()->totalMinimumHeightForWidth(width()), minimumHeight()));
}

void ReachDialog::showSteps()
{
    while (QLayoutItem *item = m_steps->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const ReachStep &step : std::as_const(m_report.steps)) {
        QLabel *name = plainLabel(said(step.name), m_details);
        QLabel *state = plainLabel(stateWord(step.state), m_details);
        theme::setTone(state, stateTone(step.state));
        QLabel *seen = plainLabel(said(step.seen), m_details);
        seen->setWordWrap(true);
        m_steps->addWidget(name, row, 0, Qt::AlignTop);
        m_steps->addWidget(state, row, 1, Qt::AlignTop);
        m_steps->addWidget(seen, row, 2);
        ++row;
    }
    m_fold->setEnabled(row > 0);
}

} // namespace cycast
