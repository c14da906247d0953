// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"

#include "ui/look/textsizestyle.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QStyle>
#include <QVariant>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace theme
{

namespace
{

struct Colors {
    QRgb window, card, alternate, border, grid, text, muted, accent, onAccent, good, warning, critical, onAir;
    QRgb neutralGround, accentGround, goodGround, warningGround, criticalGround;
    QRgb selection, tooltip;
};

constexpr Colors light{0xfff3f4f6, 0xffffffff, 0xfff8f9fb, 0xffdfe3e9, 0xffe7eaf0, 0xff1a2029, 0xff596474,
                       0xff2459c9, 0xffffffff, 0xff0d6e33, 0xff8a5300, 0xffb81f17, 0xffd42a20, 0xffeceff3,
                       0xffe4edfd, 0xffe3f5e9, 0xfffdf0d7, 0xfffde7e5, 0xffd9e5fc, 0xff1f2630};
constexpr Colors dark{0xff14181e, 0xff1c222b, 0xff212832, 0xff333d4a, 0xff2c3541, 0xffe8ecf2, 0xffa0acbb,
                      0xff82b0ff, 0xff0d1626, 0xff5fd38b, 0xfff0b64f, 0xffff8a80, 0xffc9281f, 0xff2a323d,
                      0xff1f3354, 0xff173a26, 0xff42320f, 0xff4a2020, 0xff2b4672, 0xff2c3541};

const Colors &colors(const QPalette &palette)
{
    return isDark(palette) ? dark : light;
}

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) +
           0.0722 * channel(color.blueF());
}

QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Accent:
        return u"accent"_s;
    case Tone::Good:
        return u"good"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Critical:
        return u"critical"_s;
    case Tone::Plain:
        return u"plain"_s;
    case Tone::Neutral:
        break;
    }
    return u"neutral"_s;
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor text(const QPalette &palette)
{
    return QColor(colors(palette).text);
}
QColor mutedText(const QPalette &palette)
{
    return QColor(colors(palette).muted);
}
QColor accent(const QPalette &palette)
{
    return QColor(colors(palette).accent);
}
QColor good(const QPalette &palette)
{
    return QColor(colors(palette).good);
}
QColor warning(const QPalette &palette)
{
    return QColor(colors(palette).warning);
}
QColor critical(const QPalette &palette)
{
    return QColor(colors(palette).critical);
}
QColor onAir(const QPalette &palette)
{
    return QColor(colors(palette).onAir);
}
QColor window(const QPalette &palette)
{
    return QColor(colors(palette).window);
}
QColor card(const QPalette &palette)
{
    return QColor(colors(palette).card);
}
QColor border(const QPalette &palette)
{
    return QColor(colors(palette).border);
}
QColor grid(const QPalette &palette)
{
    return QColor(colors(palette).grid);
}

QColor color(Tone tone, const QPalette &palette)
{
    switch (tone) {
    case Tone::Accent:
        return accent(palette);
    case Tone::Good:
        return good(palette);
    case Tone::Warning:
        return warning(palette);
    case Tone::Critical:
        return critical(palette);
    case Tone::Plain:
        return text(palette);
    case Tone::Neutral:
        break;
    }
    return mutedText(palette);
}

QColor ground(Tone tone, const QPalette &palette)
{
    const Colors &set = colors(palette);
    switch (tone) {
    case Tone::Accent:
        return QColor(set.accentGround);
    case Tone::Good:
        return QColor(set.goodGround);
    case Tone::Warning:
        return QColor(set.warningGround);
    case Tone::Critical:
        return QColor(set.criticalGround);
    case Tone::Plain:
    case Tone::Neutral:
        break;
    }
    return QColor(set.neutralGround);
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QPalette palette(bool wantsDark)
{
    const Colors &set = wantsDark ? dark : light;
    QPalette result;
    result.setColor(QPalette::Window, QColor(set.window));
    result.setColor(QPalette::WindowText, QColor(set.text));
    result.setColor(QPalette::Base, QColor(set.card));
    result.setColor(QPalette::AlternateBase, QColor(set.alternate));
    result.setColor(QPalette::Text, QColor(set.text));
    result.setColor(QPalette::PlaceholderText, QColor(set.muted));
    result.setColor(QPalette::Button, QColor(set.card));
    result.setColor(QPalette::ButtonText, QColor(set.text));
    result.setColor(QPalette::BrightText, QColor(set.critical));
    result.setColor(QPalette::Link, QColor(set.accent));
    result.setColor(QPalette::LinkVisited, QColor(set.accent));
    result.setColor(QPalette::Highlight, QColor(set.selection));
    result.setColor(QPalette::HighlightedText, QColor(set.text));
    result.setColor(QPalette::ToolTipBase, QColor(set.tooltip));
    result.setColor(QPalette::ToolTipText, QColor(0xfff5f7fa));
    result.setColor(QPalette::Light, QColor(set.card));
    result.setColor(QPalette::Midlight, QColor(set.grid));
    result.setColor(QPalette::Mid, QColor(set.border));
    result.setColor(QPalette::Dark, QColor(set.border).darker(wantsDark ? 80 : 130));
    result.setColor(QPalette::Shadow, QColor(wantsDark ? 0xff000000 : 0xff9aa3af));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        result.setColor(QPalette::Disabled, role, QColor(set.muted));
    result.setColor(QPalette::Disabled, QPalette::Highlight, QColor(set.grid));
    return result;
}

/// Style sheets match properties when a widget is polished: polish it again after a change.
void setLook(QWidget *widget, const char *property, const QString &value)
{
    if (widget->property(property).toString() == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void setChip(QLabel *label, Tone tone)
{
    setLook(label, "chip", toneName(tone));
}

void setTone(QWidget *widget, Tone tone)
{
    setLook(widget, "tone", toneName(tone));
}

QFont scaled(const QFont &base, double factor, bool bold)
{
    QFont font = base;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(static_cast<int>(std::lround(font.pixelSize() * factor)));
    font.setBold(bold);
    return font;
}

} // namespace theme

void ThemeKeeper::install(QApplication &application)
{
    if (application.findChild<ThemeKeeper *>(QString(), Qt::FindDirectChildrenOnly))
        return;
    new ThemeKeeper(application);
}

ThemeKeeper::ThemeKeeper(QApplication &application)
    : QObject(&application)
{
    QApplication::setStyle(new TextSizeStyle);
    apply();
    application.installEventFilter(this);
}

bool ThemeKeeper::eventFilter(QObject *watched, QEvent *event)
{
    const bool isChange = event->type() == QEvent::ThemeChange ||
                          (event->type() == QEvent::ApplicationPaletteChange && watched == qApp);
    if (isChange && !m_isApplying && !m_isScheduled) {
        // Several windows hear of one change; and a palette must not be set while one is being handed out.
        m_isScheduled = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isScheduled = false;
                apply();
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

/// An application that has set its palette no longer hears the system's: take ours off to look.
bool ThemeKeeper::systemIsDark()
{
    const QByteArray wish = qgetenv("CYCAST_THEME").toLower();
    if (wish == "dark" || wish == "light")
        return wish == "dark";
    QApplication::setPalette(QPalette());
    return theme::isDark(QGuiApplication::palette());
}

void ThemeKeeper::apply()
{
    m_isApplying = true;
    const bool dark = systemIsDark();
    QApplication::setPalette(theme::palette(dark));
    if (!m_wasApplied || dark != m_isDark)
        qApp->setStyleSheet(theme::styleSheet(dark));
    m_isDark = dark;
    m_wasApplied = true;
    m_isApplying = false;
}

} // namespace cycast
