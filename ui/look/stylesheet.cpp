// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"

#include <QHash>

using namespace Qt::Literals::StringLiterals;

namespace cycast::theme
{

namespace
{

// Lengths are in em and ex, so that the window grows with the text. @name is a colour.
constexpr auto pattern = R"(
QMainWindow::separator { width: 12px; height: 12px; background: transparent; }
QSplitter::handle { background: transparent; }
QMenuBar { background: @window; border: none; padding: 2px 6px; }
QMenuBar::item { padding: 4px 8px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: @neutralGround; }
QStatusBar { background: @window; }
QStatusBar::item { border: none; }
QToolTip { color: #f5f7fa; background: @tooltip; border: 1px solid @tooltip; padding: 4px; }

cycast--Card { background: @card; border: 1px solid @border; border-radius: 10px; }

QPushButton, QToolButton[boxed="true"] {
    background: @card; color: @text; border: 1px solid @edge; border-radius: 8px;
    padding: 0.45em 0.9em; }
QToolButton[boxed="true"] { padding: 0.4em 0.5em; }
QToolButton[boxed="true"][popupMode="2"] { padding: 0.4em 0.8em; }
QToolButton[boxed="true"]::menu-indicator { image: none; width: 0; }
QPushButton:hover, QToolButton[boxed="true"]:hover { background: @neutralGround; }
QPushButton:pressed, QToolButton[boxed="true"]:pressed { background: @grid; }
QPushButton:focus, QToolButton[boxed="true"]:focus { border: 2px solid @accent; padding: 0.38em 0.83em; }
QToolButton[boxed="true"]:focus { padding: 0.33em 0.43em; }
QPushButton:disabled, QToolButton[boxed="true"]:disabled { color: @muted; background: @window; }
QPushButton:default, QPushButton[prominent="true"] {
    background: @accent; color: @onAccent; border-color: @accent; }
/* Not of what is default, whose letters would be bold after the button has asked for the room of thin ones. */
QPushButton[prominent="true"] { font-weight: bold; }
QPushButton:default:hover, QPushButton[prominent="true"]:hover { background: @accentHover; }
QPushButton:default:focus, QPushButton[prominent="true"]:focus { border: 2px solid @text; }
QPushButton:default:disabled, QPushButton[prominent="true"]:disabled {
    background: @neutralGround; color: @muted; border-color: @edge; }
QToolButton[boxed="true"]:checked { background: @accentGround; color: @accent; border-color: @accent; }
QToolButton[flatIcon="true"] { border: none; border-radius: 6px; padding: 3px; background: transparent; }
QToolButton[flatIcon="true"]:hover { background: @neutralGround; }

QPushButton[air="on"] { background: @onAir; color: #ffffff; border: 2px solid @onAir; font-weight: bold; }
QPushButton[air="on"]:hover { background: @onAirHover; }
QPushButton[air="on"]:focus { border: 2px solid @text; }
QPushButton[air="unsure"] {
    background: #f2b544; color: #241800; border: 2px solid #f2b544; font-weight: bold; }
QPushButton[air="unsure"]:focus { border: 2px solid @text; }
QPushButton[air="ready"] {
    background: @accent; color: @onAccent; border: 2px solid @accent; font-weight: bold; }
QPushButton[air="ready"]:hover { background: @accentHover; }
QPushButton[air="ready"]:focus { border: 2px solid @text; }
QPushButton[air="wait"] { background: @neutralGround; color: @muted; border: 2px solid @edge; font-weight: bold; }

QLabel[chip] { border-radius: 8px; padding: 0.15em 0.7em; font-weight: bold; }
QLabel[chip="neutral"] { color: @muted; background: @neutralGround; }
QLabel[chip="accent"] { color: @accent; background: @accentGround; }
QLabel[chip="good"] { color: @good; background: @goodGround; }
QLabel[chip="warning"] { color: @warning; background: @warningGround; }
QLabel[chip="critical"] { color: @critical; background: @criticalGround; }
*[tone="neutral"] { color: @muted; }
*[tone="accent"] { color: @accent; }
*[tone="good"] { color: @good; }
*[tone="warning"] { color: @warning; }
*[tone="critical"] { color: @critical; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit { background: @card; color: @text; border: 1px solid @edge; border-radius: 8px; padding: 0.35em 0.6em; }
QLineEdit:focus { border: 2px solid @accent; padding: 0.28em 0.53em; }
QLineEdit:read-only { background: @window; }

QTableView, QTreeView, QListView {
    border: none; background: @card; alternate-background-color: @alternate; gridline-color: @grid;
    selection-background-color: @selection; selection-color: @text; outline: 0; }
QTableView::item { padding: 0 3px; }
QHeaderView { background: @card; border: none; }
QHeaderView::section {
    background: @card; color: @muted; border: none; border-bottom: 1px solid @border; padding: 0.4em 3px; }
QHeaderView::section:hover { color: @text; }
#dropZone { border: 2px dashed @edge; border-radius: 10px; }
QTableCornerButton::section { background: @card; border: none; }

QProgressBar { border: none; border-radius: 3px; background: @grid; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QProgressBar[thin="true"] { border-radius: 1px; min-height: 3px; max-height: 3px; }
QProgressBar[thin="true"]::chunk { border-radius: 1px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString blend(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a * (1.0 - share) + b * share); };
    return QColor(mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue()))
        .name();
}

} // namespace

QString styleSheet(bool dark)
{
    const QPalette p = palette(dark);
    const QColor black(0, 0, 0);
    const QColor white(255, 255, 255);
    const QHash<QString, QString> names{
        {u"window"_s, window(p).name()},
        {u"card"_s, card(p).name()},
        {u"alternate"_s, p.color(QPalette::AlternateBase).name()},
        {u"border"_s, border(p).name()},
        {u"edge"_s, blend(border(p), mutedText(p), 0.25)},
        {u"scroll"_s, blend(border(p), mutedText(p), 0.35)},
        {u"grid"_s, grid(p).name()},
        {u"text"_s, text(p).name()},
        {u"muted"_s, mutedText(p).name()},
        {u"accent"_s, accent(p).name()},
        {u"accentHover"_s, blend(accent(p), dark ? white : black, 0.12)},
        {u"onAccent"_s, (dark ? QColor(0x0d, 0x16, 0x26) : white).name()},
        {u"good"_s, good(p).name()},
        {u"warning"_s, warning(p).name()},
        {u"critical"_s, critical(p).name()},
        {u"onAir"_s, onAir(p).name()},
        {u"onAirHover"_s, blend(onAir(p), black, 0.12)},
        {u"neutralGround"_s, ground(Tone::Neutral, p).name()},
        {u"accentGround"_s, ground(Tone::Accent, p).name()},
        {u"goodGround"_s, ground(Tone::Good, p).name()},
        {u"warningGround"_s, ground(Tone::Warning, p).name()},
        {u"criticalGround"_s, ground(Tone::Critical, p).name()},
        {u"selection"_s, p.color(QPalette::Highlight).name()},
        {u"tooltip"_s, p.color(QPalette::ToolTipBase).name()},
    };
    const QString source = QString::fromLatin1(pattern);
    QString result;
    result.reserve(source.size());
    for (qsizetype i = 0; i < source.size();) {
        if (source[i] != u'@') {
            result += source[i++];
            continue;
        }
        qsizetype end = i + 1;
        while (end < source.size() && source[end].isLetter())
            ++end;
        result += names.value(source.mid(i + 1, end - i - 1));
        i = end;
    }
    return result;
}

} // namespace cycast::theme
