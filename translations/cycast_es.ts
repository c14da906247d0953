<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>ActionTexts</name>
    <message>
        <source>Add &amp;files…</source>
        <translation>Añadir &amp;archivos…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation>Añadir &amp;carpeta…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;playlist…</source>
        <translation>Abrir &amp;lista…</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>&amp;Save playlist as…</source>
        <translation>&amp;Guardar lista como…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>Re&amp;move from playlist</source>
        <translation>&amp;Quitar de la lista</translation>
    </message>
    <message>
        <source>&amp;Play from here</source>
        <translation>Reprod&amp;ucir desde aquí</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>Play &amp;next</source>
        <translation>Reproducir a &amp;continuación</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Return</source>
        <translation>Ctrl+Shift+Return</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleccionar &amp;todo</translation>
    </message>
    <message>
        <source>Select tracks that need a&amp;ttention</source>
        <translation>Seleccionar pistas que piden atenció&amp;n</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>&amp;Only tracks that need attention</source>
        <translation>So&amp;lo pistas que piden atención</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>Show only the tracks that need attention, with the reason</source>
        <translation>Mostrar solo las pistas que piden atención, con el motivo</translation>
    </message>
    <message>
        <source>&amp;Find in playlist</source>
        <translation>&amp;Buscar en la lista</translation>
    </message>
    <message>
        <source>S&amp;huffle</source>
        <translation>&amp;Aleatorio</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>Rep&amp;eat the whole list</source>
        <translation>Re&amp;petir toda la lista</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Repeat the whole list</source>
        <translation>Repetir toda la lista</translation>
    </message>
</context>
<context>
    <name>Adviser</name>
    <message>
        <source>The processor is very busy</source>
        <translation>El procesador está muy ocupado</translation>
    </message>
    <message>
        <source>Larger chunks and longer pauses send the same audio in fewer steps. (Smaller chunks, as some advise, would cost more.) The price is delay of live shows.</source>
        <translation>Bloques más grandes y pausas más largas envían el mismo audio en menos pasos. (Bloques más pequeños, como algunos aconsejan, costarían más.) El precio es retardo en los directos.</translation>
    </message>
    <message>
        <source>The settings send in as few steps as they can already. Close other programs, or limit the number of listeners.</source>
        <translation>Los ajustes ya envían en los menos pasos posibles. Cierre otros programas o limite el número de oyentes.</translation>
    </message>
    <message>
        <source>Listeners are skipping</source>
        <translation>Los oyentes sufren saltos</translation>
    </message>
    <message>
        <source>A larger buffer lets a slow listener fall further behind before it has to jump, and shorter pauses serve it sooner. The price is memory and a little CPU.</source>
        <translation>Un búfer más grande permite que un oyente lento se retrase más antes de tener que saltar, y pausas más cortas lo atienden antes. El precio es memoria y algo de CPU.</translation>
    </message>
    <message>
        <source>The settings give listeners all the room there is. Their lines are too slow for this bitrate.</source>
        <translation>Los ajustes dan a los oyentes todo el margen que hay. Sus líneas son demasiado lentas para esta tasa de bits.</translation>
    </message>
    <message>
        <source>The buffer is running low</source>
        <translation>El búfer se está agotando</translation>
    </message>
    <message>
        <source>A larger buffer holds more in reserve while the disk or the live source stalls; above 20 MB it gives live shows a cushion too. The price is memory, and delay of live shows.</source>
        <translation>Un búfer más grande guarda más reserva mientras el disco o la fuente en directo se atascan; por encima de 20 MB da también un colchón a los directos. El precio es memoria y retardo en los directos.</translation>
    </message>
    <message>
        <source>The buffer cannot grow further here. Look at the disk with the music, or at the line of the live source.</source>
        <translation>El búfer no puede crecer más aquí. Revise el disco de la música o la línea de la fuente en directo.</translation>
    </message>
    <message>
        <source>Many listeners lag at once</source>
        <translation>Muchos oyentes se retrasan a la vez</translation>
    </message>
    <message>
        <source>Larger chunks catch up with fewer sends, and shorter pauses begin sooner. The price is delay of live shows.</source>
        <translation>Bloques más grandes se ponen al día con menos envíos, y pausas más cortas empiezan antes. El precio es retardo en los directos.</translation>
    </message>
    <message>
        <source>The settings serve listeners as fast as they can. When many lag together, your line to the internet is usually full: fewer listeners or a lower bitrate help.</source>
        <translation>Los ajustes atienden a los oyentes lo más rápido posible. Cuando muchos se retrasan juntos, suele estar llena su línea a internet: ayudan menos oyentes o una tasa de bits menor.</translation>
    </message>
    <message>
        <source>The delay is long for a live show</source>
        <translation>El retardo es largo para un directo</translation>
    </message>
    <message>
        <source>A smaller cushion and smaller chunks bring listeners closer to you. The price is CPU, and less patience with a source that stalls.</source>
        <translation>Un colchón menor y bloques más pequeños acercan a los oyentes. El precio es CPU y menos paciencia con una fuente que se atasca.</translation>
    </message>
    <message>
        <source>The settings have the least delay already; what is left is the buffer of each player.</source>
        <translation>Los ajustes ya tienen el menor retardo; lo que queda es el búfer de cada reproductor.</translation>
    </message>
    <message>
        <source>Memory is short</source>
        <translation>Falta memoria</translation>
    </message>
    <message>
        <source>A smaller buffer gives memory back. The price is that listeners can pause for less long before they jump.</source>
        <translation>Un búfer más pequeño devuelve memoria. El precio es que los oyentes pueden pausar menos tiempo antes de saltar.</translation>
    </message>
    <message>
        <source>The buffer is as small as it is useful already. Close other programs.</source>
        <translation>El búfer ya es tan pequeño como es útil. Cierre otros programas.</translation>
    </message>
    <message>
        <source>So many listen that sending is spread out</source>
        <translation>Escuchan tantos que el envío se reparte</translation>
    </message>
    <message>
        <source>Sending took more than half of a processor, so the sound gathers a little longer before it goes out, a second at the most. Nobody misses anything, and it ends by itself when the crowd goes. A faster computer, or a relay, gives room for more.</source>
        <translation>El envío ocupaba más de medio procesador, así que el sonido se reúne un poco más antes de salir, un segundo como mucho. Nadie se pierde nada, y termina solo cuando el público se va. Un ordenador más rápido, o un repetidor, da sitio para más.</translation>
    </message>
</context>
<context>
    <name>AdviserBar</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 %2 → ≈ %3</source>
        <translation>%1 %2 → ≈ %3</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>retardo</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>memoria</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>búfer</translation>
    </message>
    <message>
        <source>&amp;Apply live</source>
        <translation>&amp;Aplicar en vivo</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>advice</source>
        <translation>consejo</translation>
    </message>
    <message>
        <source>advice taken back</source>
        <translation>consejo retirado</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>Ahora &amp;no</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Cerrar</translation>
    </message>
    <message>
        <source>Applied. Measuring whether the forecast holds…</source>
        <translation>Aplicado. Se mide si la previsión se cumple…</translation>
    </message>
    <message>
        <source>Advice: %1</source>
        <translation>Consejo: %1</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>Previsto: %1</translation>
    </message>
    <message>
        <source>The forecast cannot be judged: the listeners have changed meanwhile.</source>
        <translation>No se puede juzgar la previsión: los oyentes han cambiado entretanto.</translation>
    </message>
    <message>
        <source>The forecast held.</source>
        <translation>La previsión se cumplió.</translation>
    </message>
    <message>
        <source>The forecast did not hold.</source>
        <translation>La previsión no se cumplió.</translation>
    </message>
    <message>
        <source>What was measured before no longer shows.</source>
        <translation>Lo que se midió antes ya no aparece.</translation>
    </message>
    <message>
        <source>What was measured before still shows. Undo it, or wait for the next advice.</source>
        <translation>Lo que se midió antes sigue apareciendo. Deshágalo o espere el próximo consejo.</translation>
    </message>
    <message>
        <source>latency %1, memory %2, CPU %3</source>
        <translation>retardo %1, memoria %2, CPU %3</translation>
    </message>
    <message>
        <source>Expected: %1. Measured: %2.</source>
        <translation>Previsto: %1. Medido: %2.</translation>
    </message>
</context>
<context>
    <name>AirLamp</name>
    <message>
        <source>checking…</source>
        <translation>comprobando…</translation>
    </message>
    <message>
        <source>On the air. The built-in listener waits for the first sound.</source>
        <translation>En antena. El oyente interno espera el primer sonido.</translation>
    </message>
    <message>
        <source>● heard</source>
        <translation>● se oye</translation>
    </message>
    <message>
        <source>The built-in listener hears the programme, through the same port as everybody.</source>
        <translation>El oyente interno oye el programa, por el mismo puerto que todos.</translation>
    </message>
    <message>
        <source>▲ silence: %1</source>
        <translation>▲ silencio: %1</translation>
    </message>
    <message>
        <source>Listeners hear silence. The file may be mute, or the live program&apos;s input.</source>
        <translation>Los oyentes oyen silencio. Puede que el archivo sea mudo, o la entrada del programa en directo.</translation>
    </message>
    <message>
        <source>▲ no audio: %1</source>
        <translation>▲ sin audio: %1</translation>
    </message>
    <message>
        <source>Listeners are connected, but no audio comes. Is the live program still sending?</source>
        <translation>Hay oyentes conectados, pero no llega audio. ¿Sigue enviando el programa en directo?</translation>
    </message>
    <message>
        <source>▲ not reachable</source>
        <translation>▲ inaccesible</translation>
    </message>
    <message>
        <source>The station does not answer on its own port: nobody can listen.</source>
        <translation>La emisora no responde en su propio puerto: nadie puede escuchar.</translation>
    </message>
    <message>
        <source>▲ wrong title</source>
        <translation>▲ título erróneo</translation>
    </message>
    <message>
        <source>Sound comes, but players are told another title than the one that plays.</source>
        <translation>Llega sonido, pero a los reproductores se les da otro título que el que suena.</translation>
    </message>
    <message>
        <source>Lamp: %1</source>
        <translation>Piloto: %1</translation>
    </message>
</context>
<context>
    <name>AlarmBell</name>
    <message>
        <source>Your listeners hear nothing</source>
        <translation>Sus oyentes no oyen nada</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>%1 missing</source>
        <translation>%1 no están</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 no se pueden leer</translation>
    </message>
    <message>
        <source>%1 copy-protected</source>
        <translation>%1 protegidas contra copia</translation>
    </message>
    <message>
        <source>%1 without sound</source>
        <translation>%1 sin sonido</translation>
    </message>
    <message>
        <source>%1 cannot be played</source>
        <translation>%1 no se pueden reproducir</translation>
    </message>
    <message>
        <source>%1 very short</source>
        <translation>%1 muy cortas</translation>
    </message>
    <message>
        <source>%1 with a silent end</source>
        <translation>%1 con final en silencio</translation>
    </message>
    <message>
        <source>%1 far too loud</source>
        <translation>%1 demasiado fuertes</translation>
    </message>
    <message>
        <source>%1 far too quiet</source>
        <translation>%1 demasiado bajas</translation>
    </message>
    <message>
        <source>%1 without an answer</source>
        <translation>%1 sin respuesta</translation>
    </message>
</context>
<context>
    <name>BanActions</name>
    <message>
        <source>Ban this address…</source>
        <translation>Bloquear esta dirección…</translation>
    </message>
    <message>
        <source>Ban this subnet…</source>
        <translation>Bloquear esta subred…</translation>
    </message>
    <message>
        <source>Ban this player…</source>
        <translation>Bloquear este reproductor…</translation>
    </message>
    <message>
        <source>Banned listeners…</source>
        <translation>Oyentes bloqueados…</translation>
    </message>
</context>
<context>
    <name>BanDialog</name>
    <message>
        <source>Ban listeners</source>
        <translation>Bloquear oyentes</translation>
    </message>
    <message>
        <source>192.0.2.7, or 192.0.2.0/24; empty: everywhere</source>
        <translation>192.0.2.7 o 192.0.2.0/24; vacío: en todas partes</translation>
    </message>
    <message>
        <source>part of the player&apos;s name; empty: every player</source>
        <translation>parte del nombre del reproductor; vacío: cualquiera</translation>
    </message>
    <message>
        <source>for an hour</source>
        <translation>durante una hora</translation>
    </message>
    <message>
        <source>for a day</source>
        <translation>durante un día</translation>
    </message>
    <message>
        <source>for a week</source>
        <translation>durante una semana</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>para siempre</translation>
    </message>
    <message>
        <source>&amp;Address or subnet</source>
        <translation>&amp;Dirección o subred</translation>
    </message>
    <message>
        <source>&amp;Player</source>
        <translation>&amp;Reproductor</translation>
    </message>
    <message>
        <source>&amp;How long</source>
        <translation>&amp;Cuánto tiempo</translation>
    </message>
    <message>
        <source>&amp;Note for you</source>
        <translation>&amp;Nota para usted</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>Give an address or a player: a ban without both would keep everybody out.</source>
        <translation>Indique una dirección o un reproductor: un bloqueo sin ambos dejaría fuera a todos.</translation>
    </message>
    <message>
        <source>Hits nobody of those who listen now.</source>
        <translation>No afecta a nadie que escuche ahora.</translation>
    </message>
    <message>
        <source>Ends the connection of %1 at once.</source>
        <translation>Corta enseguida la conexión de %1.</translation>
    </message>
</context>
<context>
    <name>BanList</name>
    <message>
        <source>The list of bans cannot be read (%1). It was put aside as %2.</source>
        <translation>No se puede leer la lista de bloqueos (%1). Se apartó como %2.</translation>
    </message>
    <message>
        <source>The list of bans cannot be saved in %1: %2.</source>
        <translation>No se puede guardar la lista de bloqueos en %1: %2.</translation>
    </message>
</context>
<context>
    <name>BanListDialog</name>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Editar…</translation>
    </message>
    <message>
        <source>&amp;Lift the ban</source>
        <translation>&amp;Levantar el bloqueo</translation>
    </message>
    <message>
        <source>Banned listeners</source>
        <translation>Oyentes bloqueados</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Cuánto tiempo</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Añadir…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>BroadcastActions</name>
    <message>
        <source>&amp;Skip track</source>
        <translation>Sal&amp;tar pista</translation>
    </message>
    <message>
        <source>&amp;Copy link</source>
        <translation>&amp;Copiar enlace</translation>
    </message>
    <message>
        <source>S&amp;hare…</source>
        <translation>C&amp;ompartir…</translation>
    </message>
    <message>
        <source>&amp;Listen</source>
        <translation>&amp;Escuchar</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Saltar</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Ctrl+Right</source>
        <translation>Ctrl+Right</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation>Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>Go &amp;off air</source>
        <translation>S&amp;alir de antena</translation>
    </message>
    <message>
        <source>Go &amp;on air</source>
        <translation>&amp;Salir al aire</translation>
    </message>
    <message>
        <source>Skip this track</source>
        <translation>Saltar esta pista</translation>
    </message>
    <message>
        <source>Skips a track while the playlist is on the air</source>
        <translation>Salta una pista mientras la lista está en antena</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Grabar</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Record what listeners get, byte for byte</source>
        <translation>Grabar lo que reciben los oyentes, byte a byte</translation>
    </message>
    <message>
        <source>Let people o&amp;utside listen…</source>
        <translation>Dejar esc&amp;uchar a gente de fuera…</translation>
    </message>
</context>
<context>
    <name>BufferCard</name>
    <message>
        <source>Buffer health</source>
        <translation>Estado del búfer</translation>
    </message>
    <message>
        <source>Chart of the buffer</source>
        <translation>Gráfico del búfer</translation>
    </message>
    <message>
        <source>The buffer shows here as soon as you are on the air.</source>
        <translation>El búfer aparece aquí en cuanto esté en antena.</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>Show the fill of the buffer</source>
        <translation>Mostrar el nivel del búfer</translation>
    </message>
    <message>
        <source>Rate and listeners</source>
        <translation>Tasa y oyentes</translation>
    </message>
    <message>
        <source>Show the outgoing rate and the listeners</source>
        <translation>Mostrar la tasa de salida y los oyentes</translation>
    </message>
    <message>
        <source>Delay and CPU</source>
        <translation>Retardo y CPU</translation>
    </message>
    <message>
        <source>Show the latency and the processor</source>
        <translation>Mostrar el retardo y el procesador</translation>
    </message>
    <message>
        <source>2 min</source>
        <translation>2 min</translation>
    </message>
    <message>
        <source>Show the last 2 minutes</source>
        <translation>Mostrar los últimos 2 minutos</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>Show the last 10 minutes</source>
        <translation>Mostrar los últimos 10 minutos</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>Mostrar la última hora</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>Show the last 24 hours</source>
        <translation>Mostrar las últimas 24 horas</translation>
    </message>
    <message>
        <source>Save chart as &amp;table (CSV)…</source>
        <translation>Guardar gráfico como &amp;tabla (CSV)…</translation>
    </message>
    <message>
        <source>Save chart as picture</source>
        <translation>Guardar gráfico como imagen</translation>
    </message>
    <message>
        <source>Save chart as table</source>
        <translation>Guardar gráfico como tabla</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Imágenes (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tablas (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>No se pudo escribir %1: %2.</translation>
    </message>
    <message>
        <source>The chart could not be saved there.</source>
        <translation>El gráfico no se pudo guardar ahí.</translation>
    </message>
    <message>
        <source>Verdict on the buffer: %1</source>
        <translation>Veredicto sobre el búfer: %1</translation>
    </message>
    <message>
        <source>%1  ·  %2 of %3 MB  ·  %4 ahead</source>
        <translation>%1  ·  %2 de %3 MB  ·  %4 de reserva</translation>
    </message>
    <message>
        <source>Off air. The buffer is empty.</source>
        <translation>Fuera de antena. El búfer está vacío.</translation>
    </message>
    <message>
        <source>%1 going out to %2.</source>
        <translation>%1 salen hacia %2.</translation>
    </message>
    <message>
        <source>Latency %1, processor %2 of a core.</source>
        <translation>Retardo %1, procesador %2 de un núcleo.</translation>
    </message>
    <message>
        <source>Buffer %1, %2, %3 ahead, %4 over the last 2 minutes.</source>
        <translation>Búfer %1, %2, %3 de reserva, %4 en los últimos 2 minutos.</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>estable</translation>
    </message>
    <message>
        <source>swinging by %1 points</source>
        <translation>oscila %1 puntos</translation>
    </message>
    <message>
        <source>Last event, %1 ago: %2</source>
        <translation>Último suceso, hace %1: %2</translation>
    </message>
    <message>
        <source>Save chart as p&amp;icture…</source>
        <translation>Guardar gráfico como &amp;imagen…</translation>
    </message>
    <message>
        <source>Listeners in this span: %1.</source>
        <translation>Oyentes en este intervalo: %1.</translation>
    </message>
    <message>
        <source>Gathering %1: many listeners.</source>
        <translation>Se reúne %1: muchos oyentes.</translation>
    </message>
</context>
<context>
    <name>BufferChart</name>
    <message>
        <source>%d %%</source>
        <comment>printf format of a percentage</comment>
        <translation>%d %%</translation>
    </message>
    <message>
        <source>%g kB/s</source>
        <comment>printf format of a rate</comment>
        <translation>%g kB/s</translation>
    </message>
    <message>
        <source>%g ms</source>
        <comment>printf format of a delay</comment>
        <translation>%g ms</translation>
    </message>
    <message>
        <source>%g %%</source>
        <comment>printf format of a percentage</comment>
        <translation>%g %%</translation>
    </message>
    <message>
        <source>Outgoing, kB/s</source>
        <translation>Salida, kB/s</translation>
    </message>
    <message>
        <source>Listeners (dashed)</source>
        <translation>Oyentes (discontinua)</translation>
    </message>
    <message>
        <source>Latency, ms</source>
        <translation>Retardo, ms</translation>
    </message>
    <message>
        <source>CPU, % of a core (dashed)</source>
        <translation>CPU, % de un núcleo (discontinua)</translation>
    </message>
    <message>
        <source>%d s</source>
        <comment>printf format of seconds</comment>
        <translation>%d s</translation>
    </message>
    <message>
        <source>%d min</source>
        <comment>printf format of minutes</comment>
        <translation>%d min</translation>
    </message>
    <message>
        <source>%d h</source>
        <comment>printf format of hours</comment>
        <translation>%d h</translation>
    </message>
</context>
<context>
    <name>ChartFlags</name>
    <message>
        <source>%1 joined</source>
        <translation>%1 han llegado</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 se han ido</translation>
    </message>
    <message>
        <source>(%1 to %2 ago)</source>
        <translation>(hace entre %1 y %2)</translation>
    </message>
</context>
<context>
    <name>ConnectDj</name>
    <message>
        <source>Scripts for Linux and macOS (*.sh)</source>
        <translation>Guiones para Linux y macOS (*.sh)</translation>
    </message>
    <message>
        <source>Start it in a terminal with the music files behind its name.</source>
        <translation>Ejecútelo en una terminal con los archivos de música detrás del nombre.</translation>
    </message>
    <message>
        <source>Scripts for Windows (*.bat)</source>
        <translation>Guiones para Windows (*.bat)</translation>
    </message>
    <message>
        <source>Drop music files onto it.</source>
        <translation>Suelte archivos de música encima.</translation>
    </message>
    <message>
        <source>Mixxx profiles (*.bcp.xml)</source>
        <translation>Perfiles de Mixxx (*.bcp.xml)</translation>
    </message>
    <message>
        <source>Put it into the folder broadcast_profiles of Mixxx&apos;s settings folder (on Linux ~/.mixxx) and start Mixxx anew.</source>
        <translation>Póngalo en la carpeta broadcast_profiles de los ajustes de Mixxx (en Linux ~/.mixxx) y reinicie Mixxx.</translation>
    </message>
    <message>
        <source>BUTT settings (*.buttrc)</source>
        <translation>Ajustes de BUTT (*.buttrc)</translation>
    </message>
    <message>
        <source>In BUTT: Settings, Main, Import.</source>
        <translation>En BUTT: Settings, Main, Import.</translation>
    </message>
    <message>
        <source>OBS profiles (*.ini)</source>
        <translation>Perfiles de OBS (*.ini)</translation>
    </message>
    <message>
        <source>Save it into an empty folder. In OBS: Profile, Import, choose that folder; then press Start Recording.</source>
        <translation>Guárdelo en una carpeta vacía. En OBS: Perfil, Importar, elija esa carpeta; luego pulse Iniciar grabación.</translation>
    </message>
    <message>
        <source>The file could not be saved as %1: %2.</source>
        <translation>El archivo no se pudo guardar como %1: %2.</translation>
    </message>
</context>
<context>
    <name>ConnectDjDialog</name>
    <message>
        <source>&amp;Show the pass phrase</source>
        <translation>&amp;Mostrar la contraseña</translation>
    </message>
    <message>
        <source>Connect a DJ</source>
        <translation>Conectar un DJ</translation>
    </message>
    <message>
        <source>What the DJ&apos;s program needs to know</source>
        <translation>Lo que el programa del DJ necesita saber</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Programa</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>&amp;Hide the pass phrase</source>
        <translation>&amp;Ocultar la contraseña</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copiar: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Rechazado: %1</translation>
    </message>
    <message>
        <source>Connected: %1</source>
        <translation>Conectado: %1</translation>
    </message>
    <message>
        <source>Waiting for the DJ… This line turns green when the show begins.</source>
        <translation>Esperando al DJ… Esta línea se pone verde cuando empieza el programa.</translation>
    </message>
    <message>
        <source>Go on air first: only then can a DJ connect.</source>
        <translation>Salga antes al aire: solo entonces puede conectarse un DJ.</translation>
    </message>
    <message>
        <source>Save as a &amp;file…</source>
        <translation>Guardar como &amp;archivo…</translation>
    </message>
    <message>
        <source>A file with these values, the pass phrase among them: hand it to the DJ only.</source>
        <translation>Un archivo con estos valores, contraseña incluida: entréguelo solo al DJ.</translation>
    </message>
    <message>
        <source>Or as a file. %1</source>
        <translation>O como archivo. %1</translation>
    </message>
    <message>
        <source>Save the file for %1</source>
        <translation>Guardar el archivo para %1</translation>
    </message>
    <message>
        <source>Saved, with the pass phrase in it. %1</source>
        <translation>Guardado, con la contraseña dentro. %1</translation>
    </message>
    <message>
        <source>The DJ &amp;is</source>
        <translation>El DJ &amp;está</translation>
    </message>
    <message>
        <source>Where the DJ is</source>
        <translation>Dónde está el DJ</translation>
    </message>
    <message>
        <source>in the home network</source>
        <translation>en la red doméstica</translation>
    </message>
    <message>
        <source>somewhere else</source>
        <translation>en otro lugar</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>wrong user name or password; use the user &quot;source&quot; and the source password of this station.</source>
        <translation>usuario o contraseña erróneos; use el usuario «source» y la contraseña de fuente de esta emisora.</translation>
    </message>
    <message>
        <source>a user name and a password are needed: the user &quot;source&quot; and the source password of this station.</source>
        <translation>faltan usuario y contraseña: el usuario «source» y la contraseña de fuente de esta emisora.</translation>
    </message>
    <message>
        <source>too many wrong passwords came from this address; wait %1 s.</source>
        <translation>de esta dirección han llegado demasiadas contraseñas erróneas; espere %1 s.</translation>
    </message>
    <message>
        <source>wrong password; enter the source password of this station.</source>
        <translation>contraseña errónea; escriba la contraseña de fuente de esta emisora.</translation>
    </message>
    <message>
        <source>the password was right, but %1.</source>
        <translation>la contraseña era correcta, pero %1.</translation>
    </message>
    <message>
        <source>The mount of this station is %1; set it in your program.</source>
        <translation>El punto de montaje de esta emisora es %1; póngalo en su programa.</translation>
    </message>
    <message>
        <source>MP3 (audio/mpeg), AAC (audio/aac) and Ogg with Vorbis, Opus or FLAC (audio/ogg) are understood, %1 is not; choose one of them in your program.</source>
        <translation>Se entienden MP3 (audio/mpeg), AAC (audio/aac) y Ogg con Vorbis, Opus o FLAC (audio/ogg), pero no %1; elija uno de ellos en su programa.</translation>
    </message>
    <message>
        <source>Mountpoint in use: two encoders throw each other off the air again and again (%1). The one that is on stays; stop the other.</source>
        <translation>Punto de montaje ocupado: dos codificadores se echan del aire una y otra vez (%1). El que está en antena se queda; pare el otro.</translation>
    </message>
    <message>
        <source>Took over from %1.</source>
        <translation>Ha relevado a %1.</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Conectado.</translation>
    </message>
    <message>
        <source>This is the port for listeners; live sources connect to port %1 (advanced.strict_ports is on).</source>
        <translation>Este es el puerto para los oyentes; las fuentes en directo se conectan al puerto %1 (advanced.strict_ports está activado).</translation>
    </message>
    <message>
        <source>its header lines did not arrive in time</source>
        <translation>sus líneas de cabecera no llegaron a tiempo</translation>
    </message>
    <message>
        <source>it hung up before its header lines were complete</source>
        <translation>colgó antes de completar sus líneas de cabecera</translation>
    </message>
    <message>
        <source>its header lines cannot be read</source>
        <translation>sus líneas de cabecera no se pueden leer</translation>
    </message>
    <message>
        <source>%1 (%2 times more before)</source>
        <translation>%1 (%2 veces más antes)</translation>
    </message>
    <message>
        <source>On the air at %1.</source>
        <translation>En antena en %1.</translation>
    </message>
    <message>
        <source>Off the air.</source>
        <translation>Fuera de antena.</translation>
    </message>
    <message>
        <source>Skipped %1.</source>
        <translation>Se saltó %1.</translation>
    </message>
    <message>
        <source>Live: %1 from %2.</source>
        <translation>En directo: %1 desde %2.</translation>
    </message>
    <message>
        <source>The live source at %1 has ended: %2.</source>
        <translation>La fuente en directo de %1 ha terminado: %2.</translation>
    </message>
    <message>
        <source>The playlist could not be read fast enough; silence keeps the listeners connected.</source>
        <translation>La lista no se pudo leer lo bastante deprisa; el silencio mantiene conectados a los oyentes.</translation>
    </message>
    <message>
        <source>Settings changed: %1.</source>
        <translation>Ajustes cambiados: %1.</translation>
    </message>
    <message>
        <source>the source sent nothing for %1 s</source>
        <translation>la fuente no ha enviado nada durante %1 s</translation>
    </message>
    <message>
        <source>the source disconnected</source>
        <translation>la fuente se ha desconectado</translation>
    </message>
    <message>
        <source>the source ended its upload</source>
        <translation>la fuente ha terminado su envío</translation>
    </message>
    <message>
        <source>the source sent a broken chunked body</source>
        <translation>la fuente ha enviado bloques (chunked) defectuosos</translation>
    </message>
    <message>
        <source>the source sent no sound for %1 s</source>
        <translation>la fuente no ha enviado sonido durante %1 s</translation>
    </message>
    <message>
        <source>it sends %1, which cannot be broadcast: choose MP3, AAC or Ogg in the program</source>
        <translation>envía %1, que no se puede emitir: elija MP3, AAC u Ogg en el programa</translation>
    </message>
    <message>
        <source>what it sends is neither MP3 nor AAC nor Ogg: check the format in the program</source>
        <translation>lo que envía no es ni MP3 ni AAC ni Ogg: revise el formato en el programa</translation>
    </message>
    <message>
        <source>what it sends is no sound any more: check the program</source>
        <translation>lo que envía ya no es sonido: revise el programa</translation>
    </message>
    <message>
        <source>it sent a megabyte without any sound in it: leave pictures and tags out in the program</source>
        <translation>ha enviado un megabyte sin ningún sonido: quite las imágenes y las etiquetas en el programa</translation>
    </message>
    <message>
        <source>the header of its Ogg stream has %1 kB, 64 are allowed: leave the picture out in the program</source>
        <translation>la cabecera de su flujo Ogg ocupa %1 kB y se permiten 64: quite la imagen en el programa</translation>
    </message>
    <message>
        <source>another source took its place</source>
        <translation>otra fuente ha ocupado su lugar</translation>
    </message>
    <message>
        <source>another source took over</source>
        <translation>otra fuente ha tomado el relevo</translation>
    </message>
    <message>
        <source>the station went off the air</source>
        <translation>la emisora ha salido de antena</translation>
    </message>
    <message>
        <source>removed by you</source>
        <translation>expulsado por usted</translation>
    </message>
    <message>
        <source>removed by the admin</source>
        <translation>expulsado por el administrador</translation>
    </message>
    <message>
        <source>What %1 sends is converted to %2.</source>
        <translation>Lo que envía %1 se convierte en %2.</translation>
    </message>
    <message>
        <source>What %1 sends could not be converted: %2.</source>
        <translation>Lo que envía %1 no se pudo convertir: %2.</translation>
    </message>
    <message>
        <source>what it sends could not be converted: %1</source>
        <translation>lo que envía no se pudo convertir: %1</translation>
    </message>
    <message>
        <source>The disk is too slow for the recording: a part of it will be missing. The stream goes on without fault.</source>
        <translation>El disco es demasiado lento para la grabación: faltará una parte. La emisión sigue sin fallos.</translation>
    </message>
    <message>
        <source>The recording has stopped: %1. What was recorded until then is in %2.</source>
        <translation>La grabación se ha detenido: %1. Lo grabado hasta entonces está en %2.</translation>
    </message>
    <message>
        <source>The recording has stopped: the folder %1 cannot be made. Choose another one in the settings.</source>
        <translation>La grabación se ha detenido: no se puede crear la carpeta %1. Elija otra en los ajustes.</translation>
    </message>
    <message>
        <source>The recording has stopped: %1 cannot be written: %2.</source>
        <translation>La grabación se ha detenido: no se puede escribir %1: %2.</translation>
    </message>
    <message>
        <source>Waiting for the first sound.</source>
        <translation>Se espera el primer sonido.</translation>
    </message>
    <message>
        <source>The built-in listener hears the programme.</source>
        <translation>El oyente interno oye el programa.</translation>
    </message>
    <message>
        <source>Listeners hear silence: the sound has been mute for %1 s.</source>
        <translation>Los oyentes oyen silencio: el sonido lleva mudo %1 s.</translation>
    </message>
    <message>
        <source>Listeners hear nothing: no audio has come for %1 s.</source>
        <translation>Los oyentes no oyen nada: hace %1 s que no llega audio.</translation>
    </message>
    <message>
        <source>Nobody can listen: the station does not answer on its own port.</source>
        <translation>Nadie puede escuchar: la emisora no responde en su propio puerto.</translation>
    </message>
    <message>
        <source>The titles that players get are not those of what plays.</source>
        <translation>Los títulos que reciben los reproductores no son los de lo que suena.</translation>
    </message>
    <message>
        <source>Port %1 is already in use by another program; close it or choose another port.</source>
        <translation>El puerto %1 ya lo usa otro programa; ciérrelo o elija otro puerto.</translation>
    </message>
    <message>
        <source>Port %1 needs administrator rights; choose a port from 1024 on.</source>
        <translation>El puerto %1 requiere permisos de administrador; elija uno a partir de 1024.</translation>
    </message>
    <message>
        <source>Port %1 cannot be opened: %2.</source>
        <translation>No se puede abrir el puerto %1: %2.</translation>
    </message>
    <message>
        <source>This machine has no address %1 (server.host).</source>
        <translation>Este equipo no tiene la dirección %1 (server.host).</translation>
    </message>
    <message>
        <source>The address &quot;%1&quot; in server.host is not an IP address of this machine; use 0.0.0.0 for every address.</source>
        <translation>La dirección «%1» de server.host no es una dirección IP de este equipo; use 0.0.0.0 para todas.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>No se puede leer el archivo %1: %2.</translation>
    </message>
    <message>
        <source>The file %1 is too large for a certificate.</source>
        <translation>El archivo %1 es demasiado grande para un certificado.</translation>
    </message>
    <message>
        <source>https is not possible here: Qt&apos;s TLS support (OpenSSL) is missing.</source>
        <translation>https no es posible aquí: falta el soporte TLS de Qt (OpenSSL).</translation>
    </message>
    <message>
        <source>The file %1 contains no certificate: expected PEM text that begins with -----BEGIN CERTIFICATE-----.</source>
        <translation>El archivo %1 no contiene ningún certificado: se espera texto PEM que empiece por -----BEGIN CERTIFICATE-----.</translation>
    </message>
    <message>
        <source>The key in %1 has a pass phrase of its own; store it without one, readable by this user only.</source>
        <translation>La clave de %1 tiene su propia contraseña; guárdela sin ella, legible solo para este usuario.</translation>
    </message>
    <message>
        <source>The key in %1 does not belong to the certificate in %2.</source>
        <translation>La clave de %1 no corresponde al certificado de %2.</translation>
    </message>
    <message>
        <source>The certificate expired on %1: players refuse it; renew it.</source>
        <translation>El certificado caducó el %1: los reproductores lo rechazan; renuévelo.</translation>
    </message>
    <message>
        <source>The certificate is valid from %1 on only: check this computer&apos;s clock.</source>
        <translation>El certificado solo vale a partir del %1: revise el reloj de este equipo.</translation>
    </message>
    <message>
        <source>The certificate expires on %1: renew it soon.</source>
        <translation>El certificado caduca el %1: renuévelo pronto.</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>Suena: %1</translation>
    </message>
    <message>
        <source>Listener %1 joined: %2, %3.</source>
        <translation>Oyente %1 conectado: %2, %3.</translation>
    </message>
    <message>
        <source>Listener %1 (%2, %3) left: %4, %5 bytes.</source>
        <translation>Oyente %1 (%2, %3) se ha ido: %4, %5 bytes.</translation>
    </message>
    <message>
        <source>Listener %1 (%2) was too slow and skipped ahead.</source>
        <translation>El oyente %1 (%2) iba demasiado lento y ha saltado adelante.</translation>
    </message>
    <message>
        <source>Refused %1, %2 (%3): %4</source>
        <translation>Rechazado: %1, %2 (%3): %4</translation>
    </message>
    <message>
        <source>Refused a title from %1: wrong user name or password.</source>
        <translation>Título de %1 rechazado: usuario o contraseña erróneos.</translation>
    </message>
    <message>
        <source>Recording into %1.</source>
        <translation>Se graba en %1.</translation>
    </message>
    <message>
        <source>Read the settings again from %1.</source>
        <translation>Ajustes releídos de %1.</translation>
    </message>
    <message>
        <source>First start: wrote %1 with a pass phrase of its own.</source>
        <translation>Primer inicio: se ha escrito %1 con una contraseña propia.</translation>
    </message>
    <message>
        <source>%1 (%2) connected as live source.</source>
        <translation>%1 (%2) se ha conectado como fuente en directo.</translation>
    </message>
    <message>
        <source>%1 left before any of it was heard: %2.</source>
        <translation>%1 se fue antes de que se oyera nada: %2.</translation>
    </message>
    <message>
        <source>is %1: expected %2</source>
        <translation>es %1; se espera %2</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected %2</source>
        <translation>es «%1»; se espera %2</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>no es un número</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>de %1 a %2</translation>
    </message>
    <message>
        <source>%1 to %2 bytes</source>
        <translation>de %1 a %2 bytes</translation>
    </message>
    <message>
        <source>%1, or -1 for automatic</source>
        <translation>%1, o -1 para automático</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true o false</translation>
    </message>
    <message>
        <source>text in quotes</source>
        <translation>texto entre comillas</translation>
    </message>
    <message>
        <source>contains a line break, a tab or another control character: remove it. If a backslash is meant, write it twice in the file, as in &quot;C:\\music\\new&quot;: single ones begin an escape such as \n (Cycast&apos;s own reader kept them)</source>
        <translation>contiene un salto de línea, un tabulador u otro carácter de control: quítelo. Si quiere una barra inversa, escríbala dos veces en el archivo, como en &quot;C:\\music\\new&quot;: una sola empieza una secuencia como \n (el lector de Cycast las conservaba)</translation>
    </message>
    <message>
        <source>has %1 characters: expected at most %2</source>
        <translation>tiene %1 caracteres; se admiten %2 como máximo</translation>
    </message>
    <message>
        <source>is empty: expected an address such as 0.0.0.0 (every network) or 127.0.0.1 (this computer)</source>
        <translation>está vacío: se espera una dirección como 0.0.0.0 (todas las redes) o 127.0.0.1 (este equipo)</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address alone, such as 0.0.0.0 or 192.168.1.20, without http:// or a port</source>
        <translation>es «%1»: se espera solo una dirección, como 0.0.0.0 o 192.168.1.20, sin http:// ni puerto</translation>
    </message>
    <message>
        <source>is %1, and so is server.source_port: expected two different ports, such as 8000 and 8001</source>
        <translation>es %1, y server.source_port también: se esperan dos puertos distintos, como 8000 y 8001</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows, and server.host lets other computers connect: expected a pass phrase of your own, or server.host = &quot;127.0.0.1&quot;</source>
        <translation>es «hackme», que todo el mundo conoce, y server.host deja conectar a otros equipos: ponga una contraseña propia, o server.host = &quot;127.0.0.1&quot;</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows. That is accepted because only this computer can connect; choose a pass phrase of your own before you open the station to others</source>
        <translation>es «hackme», que todo el mundo conoce. Se admite porque solo este equipo puede conectarse; elija una contraseña propia antes de abrir la emisora a otros</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected a slash and a name, such as /stream</source>
        <translation>es «%1»: se esperan una barra y un nombre, como /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected no spaces, quotes or any of ? # &amp; % &lt; &gt; and backslash, as in /stream</source>
        <translation>es «%1»: no se admiten espacios, comillas, barra inversa ni ninguno de ? # &amp; % &lt; &gt;, como en /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: addresses that begin with %2 belong to the server; expected another name, such as /stream</source>
        <translation>es «%1»: las direcciones que empiezan por %2 son del servidor; elija otro nombre, como /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected no . or .. between slashes</source>
        <translation>es «%1»: no se admite . ni .. entre barras</translation>
    </message>
    <message>
        <source>is empty: expected a folder, such as ./music</source>
        <translation>está vacío: se espera una carpeta, como ./music</translation>
    </message>
    <message>
        <source>is empty: expected at least one, such as [&quot;.mp3&quot;]</source>
        <translation>está vacío: se espera al menos una, como [&quot;.mp3&quot;]</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected file name extensions, such as &quot;.mp3&quot;</source>
        <translation>contiene «%1»: se esperan extensiones de archivo, como &quot;.mp3&quot;</translation>
    </message>
    <message>
        <source>is %1, and encoder.format is &quot;opus&quot;: expected 48000, the only rate of Opus</source>
        <translation>es %1, y encoder.format es «opus»: se espera 48000, la única frecuencia de Opus</translation>
    </message>
    <message>
        <source>is %1: expected 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 or 8000 Hz</source>
        <translation>es %1; se espera 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 u 8000 Hz</translation>
    </message>
    <message>
        <source>is %1: MP3 at %2 Hz has %3 kbit/s; expected one of these</source>
        <translation>es %1: MP3 a %2 Hz tiene %3 kbit/s; se espera uno de ellos</translation>
    </message>
    <message>
        <source>is %1: expected at most %2 kbit/s with %3 at %4 Hz and %5</source>
        <translation>es %1; se admiten como máximo %2 kbit/s con %3 a %4 Hz y %5</translation>
    </message>
    <message>
        <source>needs a user name, a colon and a pass phrase in each of its texts, as in &quot;anna:blue river stone&quot;</source>
        <translation>necesita en cada texto un usuario, dos puntos y una contraseña, como en &quot;anna:blue river stone&quot;</translation>
    </message>
    <message>
        <source>contains a control character or more than 300 characters for &quot;%1&quot;</source>
        <translation>contiene un carácter de control o más de 300 caracteres para «%1»</translation>
    </message>
    <message>
        <source>gives &quot;%1&quot; the pass phrase &quot;hackme&quot;, which everybody knows: expected another one</source>
        <translation>da a «%1» la contraseña «hackme», que todo el mundo conoce: elija otra</translation>
    </message>
    <message>
        <source>names the user &quot;%1&quot; twice (&quot;source&quot; and &quot;admin&quot; have settings of their own): expected a name for each</source>
        <translation>nombra dos veces al usuario «%1» («source» y «admin» tienen sus propios ajustes): cada uno necesita un nombre</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows: expected a pass phrase of your own, or nothing, which closes the admin pages</source>
        <translation>es «hackme», que todo el mundo conoce: ponga una contraseña propia, o ninguna, y las páginas de administración quedan cerradas</translation>
    </message>
    <message>
        <source>is the same as server.source_password: whoever may go live can also send listeners away; choose another one</source>
        <translation>es igual que server.source_password: quien puede emitir puede también expulsar oyentes; elija otra</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected addresses such as 127.0.0.1 or ::1, or subnets such as 10.0.0.0/8</source>
        <translation>contiene «%1»: se esperan direcciones como 127.0.0.1 o ::1, o subredes como 10.0.0.0/8</translation>
    </message>
    <message>
        <source>names a key, but server.tls_certificate is empty: expected both, or neither</source>
        <translation>nombra una clave, pero server.tls_certificate está vacío: se esperan ambos o ninguno</translation>
    </message>
    <message>
        <source>The settings could not be saved to %1: %2. The file is as it was.</source>
        <translation>Los ajustes no se pudieron guardar en %1: %2. El archivo está como estaba.</translation>
    </message>
    <message>
        <source>%1 is no settings file of Icecast: it begins with &lt;%2&gt;.</source>
        <translation>%1 no es un archivo de ajustes de Icecast: empieza por &lt;%2&gt;.</translation>
    </message>
    <message>
        <source>%1 holds none of the settings that are known here.</source>
        <translation>%1 no contiene ninguno de los ajustes que se conocen aquí.</translation>
    </message>
    <message>
        <source>“%1” is not there: it was moved, renamed or deleted.</source>
        <translation>«%1» no está: se movió, se renombró o se borró.</translation>
    </message>
    <message>
        <source>“%1” is a folder, not a file: add the files in it.</source>
        <translation>«%1» es una carpeta, no un archivo: añada los archivos que contiene.</translation>
    </message>
    <message>
        <source>“%1” is a pipe or a device, not a file: only plain files can be played.</source>
        <translation>«%1» es una tubería o un dispositivo, no un archivo: solo se pueden reproducir archivos normales.</translation>
    </message>
    <message>
        <source>“%1” is empty: copy it again from where it came from.</source>
        <translation>«%1» está vacío: cópielo de nuevo desde su origen.</translation>
    </message>
    <message>
        <source>“%1” may not be read: change its permissions, or those of its folder.</source>
        <translation>«%1» no se puede leer: cambie sus permisos, o los de su carpeta.</translation>
    </message>
    <message>
        <source>“%1” could not be opened: too many files are open. Close other programs.</source>
        <translation>«%1» no se pudo abrir: hay demasiados archivos abiertos. Cierre otros programas.</translation>
    </message>
    <message>
        <source>“%1” could not be opened: %2.</source>
        <translation>«%1» no se pudo abrir: %2.</translation>
    </message>
    <message>
        <source>“%1” is not music: nothing in it could be recognised as sound.</source>
        <translation>«%1» no es música: nada en él se pudo reconocer como sonido.</translation>
    </message>
    <message>
        <source>“%1” holds no sound.</source>
        <translation>«%1» no contiene sonido.</translation>
    </message>
    <message>
        <source>“%1” holds no MP3 sound: it is damaged or something else with this name.</source>
        <translation>«%1» no contiene sonido MP3: está dañado o es otra cosa con este nombre.</translation>
    </message>
    <message>
        <source>“%1” is a video without sound.</source>
        <translation>«%1» es un vídeo sin sonido.</translation>
    </message>
    <message>
        <source>“%1” is protected (DRM): only the program it was bought with can play it.</source>
        <translation>«%1» está protegido (DRM): solo puede reproducirlo el programa con el que se compró.</translation>
    </message>
    <message>
        <source>“%1” is copy-protected: only the program of the shop that sold it can play it. Use an unprotected copy.</source>
        <translation>«%1» está protegido contra copia: solo puede reproducirlo el programa de la tienda que lo vendió. Use una copia sin protección.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: there is no decoder for %2 here. Convert it to FLAC or MP3.</source>
        <translation>«%1» no se puede reproducir: aquí no hay descodificador para %2. Conviértalo a FLAC o MP3.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: its format (%2) is not known here.</source>
        <translation>«%1» no se puede reproducir: su formato (%2) no se conoce aquí.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: what it says about its format makes no sense.</source>
        <translation>«%1» no se puede reproducir: lo que dice de su formato no tiene sentido.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: %2.</source>
        <translation>«%1» no se puede reproducir: %2.</translation>
    </message>
    <message>
        <source>“%1” is damaged: no sound in it could be decoded.</source>
        <translation>«%1» está dañado: no se pudo descodificar ningún sonido.</translation>
    </message>
    <message>
        <source>“%1” is damaged: there is no sound in it from %2 MB on.</source>
        <translation>«%1» está dañado: no hay sonido a partir de %2 MB.</translation>
    </message>
    <message>
        <source>“%1” is damaged in a way that ends the decoder. Convert it with another program, or get it again.</source>
        <translation>«%1» está dañado de forma que el descodificador termina. Conviértalo con otro programa, o consígalo de nuevo.</translation>
    </message>
    <message>
        <source>“%1” was left out: its decoder did not get on with it. Check the disk it is on, or get it again.</source>
        <translation>«%1» se ha omitido: el descodificador no avanzaba. Revise el disco en el que está, o consígalo de nuevo.</translation>
    </message>
    <message>
        <source>“%1” could not be read on: %2. Check the disk it is on.</source>
        <translation>«%1» no se pudo seguir leyendo: %2. Revise el disco en el que está.</translation>
    </message>
    <message>
        <source>“%1” is not a playlist: it holds no text. Choose an M3U, PLS, XSPF or CUE file.</source>
        <translation>«%1» no es una lista: no contiene texto. Elija un archivo M3U, PLS, XSPF o CUE.</translation>
    </message>
    <message>
        <source>“%1” describes an internet stream in pieces (HLS), not a list of music files.</source>
        <translation>«%1» describe una emisión de internet en trozos (HLS), no una lista de archivos de música.</translation>
    </message>
    <message>
        <source>“%1” could not be read as a playlist, %2</source>
        <translation>«%1» no se pudo leer como lista, %2</translation>
    </message>
    <message>
        <source>“%1” is too large for a playlist (more than 64 MB).</source>
        <translation>«%1» es demasiado grande para una lista (más de 64 MB).</translation>
    </message>
    <message>
        <source>“%1” is a network place of a Windows computer; add the file from where it is on this one</source>
        <translation>«%1» es un lugar de red de un equipo Windows; añada el archivo desde donde está en este</translation>
    </message>
    <message>
        <source>“%1” is a place on a Windows computer; add the file from where it is on this one</source>
        <translation>«%1» es un lugar de un equipo Windows; añada el archivo desde donde está en este</translation>
    </message>
    <message>
        <source>“%1” names no file</source>
        <translation>«%1» no nombra ningún archivo</translation>
    </message>
    <message>
        <source>The folder “%1” may not be read: change its permissions.</source>
        <translation>La carpeta «%1» no se puede leer: cambie sus permisos.</translation>
    </message>
    <message>
        <source>The playlist could not be saved to %1: %2.</source>
        <translation>La lista no se pudo guardar en %1: %2.</translation>
    </message>
    <message>
        <source>... and %1 more problems of this kind.</source>
        <translation>… y %1 problemas más de este tipo.</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>línea %1: %2</translation>
    </message>
    <message>
        <source>Only the first %1 folders are watched for new files.</source>
        <translation>Solo se vigilan los primeros %1 directorios en busca de archivos nuevos.</translation>
    </message>
    <message>
        <source>It lasts %1 s only: is it the whole track?</source>
        <translation>Dura solo %1 s: ¿es la pista entera?</translation>
    </message>
    <message>
        <source>It ends with %1 s of silence, which listeners take for a fault.</source>
        <translation>Acaba con %1 s de silencio, que los oyentes toman por un fallo.</translation>
    </message>
    <message>
        <source>It is far too loud (%1 LUFS): it is probably distorted already.</source>
        <translation>Suena demasiado fuerte (%1 LUFS): probablemente ya está distorsionado.</translation>
    </message>
    <message>
        <source>It is far too quiet (%1 LUFS): raising it would raise its noise too.</source>
        <translation>Suena demasiado bajo (%1 LUFS): subirlo subiría también su ruido.</translation>
    </message>
    <message>
        <source>too many wrong passwords came from this address, and too many tries are waiting for their turn; try again in %1 s with the right one.</source>
        <translation>de esta dirección llegaron demasiadas contraseñas erróneas y hay demasiados intentos esperando su turno; inténtelo de nuevo dentro de %1 s con la correcta.</translation>
    </message>
    <message>
        <source>“%1” is an internet address, and only files can be played: save it on this computer, then add it.</source>
        <translation>«%1» es una dirección de Internet, y solo se pueden reproducir archivos: guárdelo en este equipo y añádalo después.</translation>
    </message>
    <message>
        <source>“%1” is on another computer or device: mount it (open it in your file manager), then add it from its folder there.</source>
        <translation>«%1» está en otro equipo o dispositivo: móntelo (ábralo en el gestor de archivos) y añádalo después desde su carpeta.</translation>
    </message>
    <message>
        <source>%1 more lines about listeners were left out.</source>
        <translation>Se han omitido %1 líneas más sobre oyentes.</translation>
    </message>
    <message>
        <source>%1 more lines about live sources were left out.</source>
        <translation>Se han omitido %1 líneas más sobre fuentes en directo.</translation>
    </message>
    <message>
        <source>this station has no pass phrase for live sources yet; its owner adds a line such as source_password = &quot;...&quot; to the block server of its settings file.</source>
        <translation>esta emisora aún no tiene contraseña para fuentes en directo; su dueño añade una línea como source_password = &quot;...&quot; al bloque server de su archivo de ajustes.</translation>
    </message>
    <message>
        <source>There are no settings that could be used.</source>
        <translation>No hay ajustes que se puedan usar.</translation>
    </message>
    <message>
        <source>is empty, so live sources are refused: expected a line such as source_password = &quot;...&quot; in the block server, with a pass phrase of your own</source>
        <translation>está vacío, por eso se rechazan las fuentes en directo: se espera una línea como source_password = &quot;...&quot; en el bloque server, con una contraseña propia</translation>
    </message>
    <message>
        <source>“%1” does not answer: the disk it is on hangs, or its network is gone. It is tried again later.</source>
        <translation>«%1» no responde: el disco en el que está se ha colgado o su red ha desaparecido. Se intentará de nuevo más tarde.</translation>
    </message>
    <message>
        <source>“%1” is damaged in a way that misleads the decoder.</source>
        <translation>«%1» está dañado de un modo que confunde al decodificador.</translation>
    </message>
    <message>
        <source>“%1” was not looked into to its end: that takes longer than any music does, or its disk does not answer.</source>
        <translation>«%1» no se examinó hasta el final: tarda más que cualquier música, o su disco no responde.</translation>
    </message>
    <message>
        <source>“%1” was cut off: its decoder, cycast-codec, was ended from outside. It is tried again.</source>
        <translation>«%1» se cortó: su decodificador, cycast-codec, fue terminado desde fuera. Se intenta de nuevo.</translation>
    </message>
    <message>
        <source>“%1” could not be handed over: too many files are open.</source>
        <translation>«%1» no se pudo entregar: hay demasiados archivos abiertos.</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address that begins with http:// or https://, or nothing</source>
        <translation>es «%1»: se espera una dirección que empiece por http:// o https://, o nada</translation>
    </message>
    <message>
        <source>names a certificate, but server.tls_certificate is empty: the first one belongs there</source>
        <translation>nombra un certificado, pero server.tls_certificate está vacío: el primero va allí</translation>
    </message>
    <message>
        <source>names a key, but server.tls_second_certificate is empty: expected both, or neither</source>
        <translation>nombra una clave, pero server.tls_second_certificate está vacío: se esperan los dos o ninguno</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected processors by number, such as &quot;0,2-3&quot;, or nothing for all of them</source>
        <translation>es «%1»: se esperan procesadores por número, como «0,2-3», o nada para todos</translation>
    </message>
    <message>
        <source>“%1” cannot be sent as it is.</source>
        <translation>«%1» no se puede emitir tal como está.</translation>
    </message>
    <message>
        <source>“%1” is damaged, or changes its format within.</source>
        <translation>«%1» está dañado o cambia de formato a mitad de camino.</translation>
    </message>
    <message>
        <source>what comes is no sound that can be recognised</source>
        <translation>lo que llega no es un sonido reconocible</translation>
    </message>
    <message>
        <source>the program cycast-codec, which decodes and encodes, is missing: install Cycast Desktop again</source>
        <translation>falta el programa cycast-codec, que decodifica y codifica: vuelva a instalar Cycast Desktop</translation>
    </message>
    <message>
        <source>there is no descriptor left for cycast-codec: %1</source>
        <translation>no queda ningún descriptor para cycast-codec: %1</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>no se pudo iniciar %1: %2</translation>
    </message>
    <message>
        <source>this system cannot run cycast-codec</source>
        <translation>este sistema no puede ejecutar cycast-codec</translation>
    </message>
    <message>
        <source>cycast-codec could not begin; install Cycast Desktop again</source>
        <translation>cycast-codec no pudo empezar; vuelva a instalar Cycast Desktop</translation>
    </message>
    <message>
        <source>“%1” could not be measured in time</source>
        <translation>«%1» no se pudo medir a tiempo</translation>
    </message>
    <message>
        <source>FFmpeg on this computer comes without the encoder %1</source>
        <translation>el FFmpeg de este ordenador no incluye el codificador %1</translation>
    </message>
    <message>
        <source>%1 refuses %2 kbit/s at %3 Hz</source>
        <translation>%1 rechaza %2 kbit/s a %3 Hz</translation>
    </message>
    <message>
        <source>there is not enough memory to encode</source>
        <translation>no hay memoria suficiente para codificar</translation>
    </message>
    <message>
        <source>There is not enough memory to measure a file.</source>
        <translation>No hay memoria suficiente para medir un archivo.</translation>
    </message>
    <message>
        <source>%1 cannot be converted</source>
        <translation>no se puede convertir %1</translation>
    </message>
    <message>
        <source>it could not be decoded in time</source>
        <translation>no se pudo decodificar a tiempo</translation>
    </message>
    <message>
        <source>its decoder has ended</source>
        <translation>su decodificador ha terminado</translation>
    </message>
    <message>
        <source>There is no settings file %1.</source>
        <translation>No existe el archivo de ajustes %1.</translation>
    </message>
    <message>
        <source>%1 is no file: expected a settings file such as config.hcl.</source>
        <translation>%1 no es un archivo: se espera un archivo de ajustes como config.hcl.</translation>
    </message>
    <message>
        <source>%1 is larger than 4 MB: that is no settings file.</source>
        <translation>%1 ocupa más de 4 MB: no es un archivo de ajustes.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be read: %2.</source>
        <translation>No se puede leer el archivo de ajustes %1: %2.</translation>
    </message>
    <message>
        <source>The settings file %1 is there already; it was left as it is.</source>
        <translation>El archivo de ajustes %1 ya existe; se ha dejado como está.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be made: %2.</source>
        <translation>No se puede crear el archivo de ajustes %1: %2.</translation>
    </message>
    <message>
        <source>The settings file %1 is empty.</source>
        <translation>El archivo de ajustes %1 está vacío.</translation>
    </message>
    <message>
        <source>Everybody on this computer can read the pass phrases in %1: chmod 600 it, or let its group alone read it.</source>
        <translation>Cualquiera en este ordenador puede leer las contraseñas de %1: aplíquele chmod 600 o deje leerlo solo a su grupo.</translation>
    </message>
    <message>
        <source>%1 Nothing was saved.</source>
        <translation>%1 No se ha guardado nada.</translation>
    </message>
    <message>
        <source>%1 Correct the file first; nothing was saved.</source>
        <translation>%1 Corrija primero el archivo; no se ha guardado nada.</translation>
    </message>
    <message>
        <source>%1 Correct this first; nothing was saved.</source>
        <translation>%1 Corrija primero esto; no se ha guardado nada.</translation>
    </message>
    <message>
        <source>Choose Icecast 2 as the type of server in your program.</source>
        <translation>Elija Icecast 2 como tipo de servidor en su programa.</translation>
    </message>
    <message>
        <source>Switch TLS (SSL) off in your program, or give this station a certificate (server.tls_certificate).</source>
        <translation>Desactive TLS (SSL) en su programa o dé a esta emisora un certificado (server.tls_certificate).</translation>
    </message>
    <message>
        <source>This is %1, which is not spoken here: choose Icecast 2 as the type of server in your program.</source>
        <translation>Esto es %1, que aquí no se habla: elija Icecast 2 como tipo de servidor en su programa.</translation>
    </message>
    <message>
        <source>Look for odd characters and very long texts in your program&apos;s settings for this server (name, description, genre, mount); if there are none, choose Icecast 2 as its type.</source>
        <translation>Busque caracteres raros y textos muy largos en los ajustes de su programa para este servidor (nombre, descripción, género, punto de montaje); si no los hay, elija Icecast 2 como tipo.</translation>
    </message>
    <message>
        <source>TLS cannot be used: %1.</source>
        <translation>No se puede usar TLS: %1.</translation>
    </message>
    <message>
        <source>The certificate for &quot;%1&quot; cannot be used: %2.</source>
        <translation>No se puede usar el certificado de «%1»: %2.</translation>
    </message>
    <message>
        <source>The file %1 contains no private key: expected PEM text that begins with -----BEGIN PRIVATE KEY-----, or another file in server.tls_key.</source>
        <translation>El archivo %1 no contiene ninguna clave privada: se espera un texto PEM que empiece por -----BEGIN PRIVATE KEY-----, u otro archivo en server.tls_key.</translation>
    </message>
    <message>
        <source>The file %1 contains no private key: expected PEM text that begins with -----BEGIN PRIVATE KEY-----.</source>
        <translation>El archivo %1 no contiene ninguna clave privada: se espera un texto PEM que empiece por -----BEGIN PRIVATE KEY-----.</translation>
    </message>
    <message>
        <source>This port speaks no TLS. %1</source>
        <translation>Este puerto no habla TLS. %1</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>se desconectó</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>se perdió la conexión</translation>
    </message>
    <message>
        <source>did not read for a minute</source>
        <translation>no leyó durante un minuto</translation>
    </message>
    <message>
        <source>never read anything</source>
        <translation>nunca leyó nada</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>vetado</translation>
    </message>
    <message>
        <source>the stream changed to another format</source>
        <translation>la emisión cambió a otro formato</translation>
    </message>
    <message>
        <source>“%1” is given twice; the first one counts</source>
        <translation>«%1» aparece dos veces; cuenta la primera</translation>
    </message>
    <message>
        <source>The demo music could not be written to “%1”: %2.</source>
        <translation>No se pudo escribir la música de demostración en «%1»: %2.</translation>
    </message>
    <message>
        <source>the folder could not be created; choose another one</source>
        <translation>no se pudo crear la carpeta; elija otra</translation>
    </message>
    <message>
        <source>%1 holds no audio that can be played.</source>
        <translation>%1 no contiene audio que se pueda reproducir.</translation>
    </message>
    <message>
        <source>its decoder gives nothing</source>
        <translation>su decodificador no da nada</translation>
    </message>
    <message>
        <source>Nothing can be encoded: %1.</source>
        <translation>No se puede codificar nada: %1.</translation>
    </message>
    <message>
        <source>The folder %1 for the settings cannot be made. Check its place and your rights there.</source>
        <translation>No se puede crear la carpeta %1 para los ajustes. Compruebe su lugar y sus permisos allí.</translation>
    </message>
    <message>
        <source>The system watches no more folders: what is new in “%1” will not be noticed.</source>
        <translation>El sistema no vigila más carpetas: lo nuevo en «%1» no se notará.</translation>
    </message>
    <message>
        <source>A key for https cannot be made: %1.</source>
        <translation>No se puede crear una clave para https: %1.</translation>
    </message>
    <message>
        <source>The key for https cannot be read: %1.</source>
        <translation>No se puede leer la clave de https: %1.</translation>
    </message>
    <message>
        <source>The certificate authority does not answer. Look whether this computer is connected to the internet; it is asked again by itself.</source>
        <translation>La autoridad de certificación no responde. Compruebe si este equipo está conectado a internet; se le volverá a preguntar automáticamente.</translation>
    </message>
    <message>
        <source>The authority did not find this station at port 80 of %1. Let your router lead port 80 from outside to the listeners’ port of this computer, and look whether %1 leads to your own address.</source>
        <translation>La autoridad no encontró esta emisora en el puerto 80 de %1. Haga que su router dirija el puerto 80 desde fuera al puerto de oyentes de este equipo y compruebe si %1 lleva a su propia dirección.</translation>
    </message>
    <message>
        <source>The authority did not find this station at port 443 of %1. Let your router lead port 443 from outside to the listeners’ port of this computer, and look whether %1 leads to your own address.</source>
        <translation>La autoridad no encontró esta emisora en el puerto 443 de %1. Haga que su router dirija el puerto 443 desde fuera al puerto de oyentes de este equipo y compruebe si %1 lleva a su propia dirección.</translation>
    </message>
    <message>
        <source>The authority has been asked too often. It is asked again by itself when it allows that; until then nothing helps but waiting.</source>
        <translation>Se ha preguntado a la autoridad con demasiada frecuencia. Se le volverá a preguntar automáticamente cuando lo permita; hasta entonces solo queda esperar.</translation>
    </message>
    <message>
        <source>The authority does not issue a certificate for %1.</source>
        <translation>La autoridad no emite un certificado para %1.</translation>
    </message>
    <message>
        <source>The authority could not be understood. It is asked again by itself.</source>
        <translation>No se entendió a la autoridad. Se le volverá a preguntar automáticamente.</translation>
    </message>
    <message>
        <source>It is not known under which name or address people outside reach the station: enter it as public address.</source>
        <translation>No se sabe con qué nombre o dirección se llega a la emisora desde fuera: introdúzcalo como dirección pública.</translation>
    </message>
    <message>
        <source>The last attempt to get a certificate has failed. It is tried again by itself.</source>
        <translation>El último intento de obtener un certificado ha fallado. Se volverá a intentar automáticamente.</translation>
    </message>
    <message>
        <source>A key is made.</source>
        <translation>Se crea una clave.</translation>
    </message>
    <message>
        <source>A rehearsal: the authority is asked for nothing yet.</source>
        <translation>Un ensayo: todavía no se pide nada a la autoridad.</translation>
    </message>
    <message>
        <source>The authority is asked for a certificate.</source>
        <translation>Se pide un certificado a la autoridad.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong by about %1 hours. Set it right and try again.</source>
        <translation>El reloj de este equipo está desajustado unas %1 horas. Póngalo en hora e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The authority looks for this station at port 80.</source>
        <translation>La autoridad busca esta emisora en el puerto 80.</translation>
    </message>
    <message>
        <source>The authority looks for this station at port 443.</source>
        <translation>La autoridad busca esta emisora en el puerto 443.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2.</source>
        <translation>No se puede escribir el archivo %1: %2.</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected the directory address of an authority, which begins with https://</source>
        <translation>es «%1»: se espera la dirección de directorio de una autoridad, que empieza por https://</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address such as https://radio.example.org or http://203.0.113.7:8001, or nothing</source>
        <translation>es «%1»: se espera una dirección como https://radio.example.org o http://203.0.113.7:8001, o nada</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;, which people outside of your network cannot reach; no directory is told of it</source>
        <translation>es «%1», a la que no se llega desde fuera de su red; no se comunica a ningún directorio</translation>
    </message>
    <message>
        <source>is no address that can be called: expected one that begins with https:// or http://, with {ip} or {ip6} in the place of the address</source>
        <translation>no es una dirección a la que se pueda llamar: se espera una que empiece por https:// o http://, con {ip} o {ip6} en el lugar de la dirección</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected the address of a directory, such as http://dir.xiph.org/cgi-bin/yp-cgi</source>
        <translation>es «%1»: se espera la dirección de un directorio, como http://dir.xiph.org/cgi-bin/yp-cgi</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected two letters such as DE, or with a part of the country DE-HH</source>
        <translation>es «%1»: se esperan dos letras como DE, o con una parte del país DE-HH</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected two or three letters each, such as de or en</source>
        <translation>contiene «%1»: se esperan dos o tres letras cada vez, como de o en</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected latitude and longitude, such as 53.55,9.99</source>
        <translation>es «%1»: se esperan latitud y longitud, como 53.55,9.99</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected a name or an address that leads here from everywhere, such as radio.example.org, or nothing</source>
        <translation>es «%1»: se espera un nombre o una dirección que lleve aquí desde cualquier lugar, como radio.example.org, o nada</translation>
    </message>
    <message>
        <source>is empty: expected the directory address of an authority, which begins with https://</source>
        <translation>está vacío: se espera la dirección de directorio de una autoridad, que empieza por https://</translation>
    </message>
    <message>
        <source>It is not known yet that people outside can reach the station.</source>
        <translation>Todavía no se sabe si se puede llegar a la emisora desde fuera.</translation>
    </message>
    <message>
        <source>The public address is one that works at home only, so no directory is told of it.</source>
        <translation>La dirección pública solo funciona en casa, así que no se comunica a ningún directorio.</translation>
    </message>
    <message>
        <source>The station is off the air.</source>
        <translation>La emisora no está en el aire.</translation>
    </message>
    <message>
        <source>Your router has opened a port. %1</source>
        <translation>Su router ha abierto un puerto. %1</translation>
    </message>
    <message>
        <source>Your router has closed the port again. %1</source>
        <translation>Su router ha vuelto a cerrar el puerto. %1</translation>
    </message>
    <message>
        <source>Your router had forgotten the open port; it was asked for it again.</source>
        <translation>Su router había olvidado el puerto abierto; se le ha pedido de nuevo.</translation>
    </message>
    <message>
        <source>The port of the router has been given back.</source>
        <translation>El puerto del router se ha devuelto.</translation>
    </message>
    <message>
        <source>%1 error %2</source>
        <translation>error %2 de %1</translation>
    </message>
    <message>
        <source>Your router at %1 answers and does not allow it (%2): automatic port opening is switched off in it. Switch on UPnP in the router, or pass TCP port %3 on to %4 there.</source>
        <translation>Su router en %1 responde y no lo permite (%2): la apertura automática de puertos está desactivada en él. Active UPnP en el router, o redirija allí el puerto TCP %3 a %4.</translation>
    </message>
    <message>
        <source>Another device uses port %1 of your router at %2, and the ports that were tried instead are taken as well. Choose another port for listeners.</source>
        <translation>Otro aparato usa el puerto %1 de su router en %2, y los puertos que se probaron en su lugar también están ocupados. Elija otro puerto para los oyentes.</translation>
    </message>
    <message>
        <source>Your router at %1 has no room for another open port (%2). Remove one there that is no longer needed, then look again.</source>
        <translation>Su router en %1 no tiene sitio para otro puerto abierto (%2). Quite allí uno que ya no haga falta y mire otra vez.</translation>
    </message>
    <message>
        <source>A rule that was set by hand in your router at %1 is in the way of port %2 (%3). Change it there, so that it leads to %4.</source>
        <translation>Una regla puesta a mano en su router en %1 estorba al puerto %2 (%3). Cámbiela allí para que conduzca a %4.</translation>
    </message>
    <message>
        <source>Your router at %1 said that it opened port %2, and then knew nothing of it. Pass TCP port %2 on to %3 there.</source>
        <translation>Su router en %1 dijo que había abierto el puerto %2 y luego no sabía nada de él. Redirija allí el puerto TCP %2 a %3.</translation>
    </message>
    <message>
        <source>Your router at %1 was asked to open port %2 and did not answer in time. Look again, or switch it off and on.</source>
        <translation>Se pidió a su router en %1 que abriera el puerto %2 y no respondió a tiempo. Mire otra vez, o apáguelo y enciéndalo.</translation>
    </message>
    <message>
        <source>Your router at %1 did not open port %2 (%3). Pass TCP port %2 on to %4 there.</source>
        <translation>Su router en %1 no abrió el puerto %2 (%3). Redirija allí el puerto TCP %2 a %4.</translation>
    </message>
    <message>
        <source>Your provider shares one IPv4 address among many customers: %1. Nobody outside can come in by IPv4, whatever is set in the router; ask the provider for an address of your own.</source>
        <translation>Su proveedor reparte una dirección IPv4 entre muchos clientes: %1. Nadie de fuera puede entrar por IPv4, se ajuste lo que se ajuste en el router; pida al proveedor una dirección propia.</translation>
    </message>
    <message>
        <source>There are two routers in a row: %1. Set the one in front to bridge mode, or let the other one pass the port on to it.</source>
        <translation>Hay dos routers seguidos: %1. Ponga el primero en modo puente, o deje que el otro le redirija el puerto.</translation>
    </message>
    <message>
        <source>your router at %1 has the address %2 itself</source>
        <translation>su router en %1 tiene él mismo la dirección %2</translation>
    </message>
    <message>
        <source>your router at %1 says that it has no public address, and behind it comes %2</source>
        <translation>su router en %1 dice que no tiene dirección pública, y detrás de él viene %2</translation>
    </message>
    <message>
        <source>Your router at %1 says that it has no public IPv4 address. Look at its line, or ask the provider for an address of your own.</source>
        <translation>Su router en %1 dice que no tiene dirección IPv4 pública. Revise su línea, o pida al proveedor una dirección propia.</translation>
    </message>
    <message>
        <source>this computer has the address %1</source>
        <translation>este ordenador tiene la dirección %1</translation>
    </message>
    <message>
        <source>Your router at %1 answers neither UPnP nor NAT-PMP nor PCP. Switch on UPnP in it, or pass TCP port %2 on to %3 there.</source>
        <translation>Su router en %1 no responde ni a UPnP ni a NAT-PMP ni a PCP. Active UPnP en él, o redirija allí el puerto TCP %2 a %3.</translation>
    </message>
    <message>
        <source>The device at %1 uses port %2 of your router already. Your router can open another port for you.</source>
        <translation>El aparato en %1 ya usa el puerto %2 de su router. Su router puede abrirle otro puerto.</translation>
    </message>
    <message>
        <source>Your router at %1 can open port %2 for you: it answers %3.</source>
        <translation>Su router en %1 puede abrirle el puerto %2: responde a %3.</translation>
    </message>
    <message>
        <source>Your router can open port %1 for listeners with IPv6; there is no IPv4 here.</source>
        <translation>Su router puede abrir el puerto %1 para oyentes con IPv6; aquí no hay IPv4.</translation>
    </message>
    <message>
        <source>This computer has IPv6 only (%1), and the router does not say that it lets anybody in. Allow TCP port %2 to this address in its IPv6 firewall.</source>
        <translation>Este ordenador solo tiene IPv6 (%1), y el router no dice que deje entrar a nadie. Permita en su cortafuegos IPv6 el puerto TCP %2 hacia esta dirección.</translation>
    </message>
    <message>
        <source>Nothing answers at port %1 of this computer. Go on the air, then look again.</source>
        <translation>Nada responde en el puerto %1 de este ordenador. Salga al aire y mire otra vez.</translation>
    </message>
    <message>
        <source>Another program answers at port %1 of this computer. Choose another port for listeners.</source>
        <translation>Otro programa responde en el puerto %1 de este ordenador. Elija otro puerto para los oyentes.</translation>
    </message>
    <message>
        <source>The station listens on this computer only: server.host is %1.</source>
        <translation>La emisora solo atiende en este ordenador: server.host es %1.</translation>
    </message>
    <message>
        <source>This computer has no network address. Connect it to your router, then look again.</source>
        <translation>Este ordenador no tiene dirección de red. Conéctelo a su router y mire otra vez.</translation>
    </message>
    <message>
        <source>The station answers at 127.0.0.1, and not at %1, port %2. Something on this computer keeps the port closed, or server.host is another address.</source>
        <translation>La emisora responde en 127.0.0.1, pero no en %1, puerto %2. Algo en este ordenador mantiene cerrado el puerto, o server.host es otra dirección.</translation>
    </message>
    <message>
        <source>The firewall of this computer (%1) turns port %2 away. Allow it.</source>
        <translation>El cortafuegos de este ordenador (%1) rechaza el puerto %2. Permítalo.</translation>
    </message>
    <message>
        <source>A firewall (%1) is on in this computer, and whether it lets port %2 in cannot be seen from here. Allow it, or try with a phone.</source>
        <translation>En este ordenador hay un cortafuegos (%1) activo, y desde aquí no se ve si deja entrar el puerto %2. Permítalo, o pruebe con un teléfono.</translation>
    </message>
    <message>
        <source>somebody at %1 has listened</source>
        <translation>alguien en %1 ha escuchado</translation>
    </message>
    <message>
        <source>this computer has a public address itself</source>
        <translation>este ordenador tiene él mismo una dirección pública</translation>
    </message>
    <message>
        <source>your router at %1 passes port %2 on to this computer (%3)</source>
        <translation>su router en %1 redirige el puerto %2 a este ordenador (%3)</translation>
    </message>
    <message>
        <source>Everybody can listen: %1.</source>
        <translation>Todo el mundo puede escuchar: %1.</translation>
    </message>
    <message>
        <source>Everybody can listen at %1: %2.</source>
        <translation>Todo el mundo puede escuchar en %1: %2.</translation>
    </message>
    <message>
        <source>your router lets port %1 in (%2)</source>
        <translation>su router deja entrar el puerto %1 (%2)</translation>
    </message>
    <message>
        <source>your router says that it blocks nothing</source>
        <translation>su router dice que no bloquea nada</translation>
    </message>
    <message>
        <source>Everybody who has IPv6 can listen at %1: %2.</source>
        <translation>Todos los que tienen IPv6 pueden escuchar en %1: %2.</translation>
    </message>
    <message>
        <source>%1 By IPv4 nobody can: %2</source>
        <translation>%1 Por IPv4 nadie puede: %2</translation>
    </message>
    <message>
        <source>%1 Your router can let in those who have IPv6.</source>
        <translation>%1 Su router puede dejar entrar a los que tienen IPv6.</translation>
    </message>
    <message>
        <source>This network has no router: those in it can listen at %1, and there is no way in for anybody else.</source>
        <translation>Esta red no tiene router: los que están en ella pueden escuchar en %1, y para los demás no hay entrada.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Este ordenador</translation>
    </message>
    <message>
        <source>The station answers at port %1.</source>
        <translation>La emisora responde en el puerto %1.</translation>
    </message>
    <message>
        <source>Another program answers at port %1.</source>
        <translation>Otro programa responde en el puerto %1.</translation>
    </message>
    <message>
        <source>Nothing answers at port %1.</source>
        <translation>Nada responde en el puerto %1.</translation>
    </message>
    <message>
        <source>The station answers at %1.</source>
        <translation>La emisora responde en %1.</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Nada responde en %1.</translation>
    </message>
    <message>
        <source>No answer came from %1: something swallows it.</source>
        <translation>No llegó respuesta de %1: algo se la traga.</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Ninguna.</translation>
    </message>
    <message>
        <source>None was seen.</source>
        <translation>No se ha visto ninguno.</translation>
    </message>
    <message>
        <source>%1 lets the port in.</source>
        <translation>%1 deja entrar el puerto.</translation>
    </message>
    <message>
        <source>%1 turns the port away.</source>
        <translation>%1 rechaza el puerto.</translation>
    </message>
    <message>
        <source>%1 is on; its rules cannot be read from here.</source>
        <translation>%1 está activo; sus reglas no se pueden leer desde aquí.</translation>
    </message>
    <message>
        <source>None: this network has no way out.</source>
        <translation>Ninguno: esta red no tiene salida.</translation>
    </message>
    <message>
        <source>%1 answers neither UPnP nor NAT-PMP nor PCP.</source>
        <translation>%1 no responde ni a UPnP ni a NAT-PMP ni a PCP.</translation>
    </message>
    <message>
        <source>%1 answers %2.</source>
        <translation>%1 responde a %2.</translation>
    </message>
    <message>
        <source>Port %1 of %2 leads here (%3), for %4 s at a time.</source>
        <translation>El puerto %1 de %2 conduce aquí (%3), por %4 s cada vez.</translation>
    </message>
    <message>
        <source>Port %1 of %2 leads here (%3), until it is closed.</source>
        <translation>El puerto %1 de %2 conduce aquí (%3), hasta que se cierre.</translation>
    </message>
    <message>
        <source>Not opened: %1 error %2.</source>
        <translation>No abierto: error %2 de %1.</translation>
    </message>
    <message>
        <source>Not opened: %1 gave no usable answer.</source>
        <translation>No abierto: %1 no dio una respuesta útil.</translation>
    </message>
    <message>
        <source>The router says that it blocks nothing.</source>
        <translation>El router dice que no bloquea nada.</translation>
    </message>
    <message>
        <source>It belongs to %1.</source>
        <translation>Pertenece a %1.</translation>
    </message>
    <message>
        <source>It has not been opened.</source>
        <translation>No se ha abierto.</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>El proveedor</translation>
    </message>
    <message>
        <source>The router has the public address %1.</source>
        <translation>El router tiene la dirección pública %1.</translation>
    </message>
    <message>
        <source>The router has the address %1, which is not public.</source>
        <translation>El router tiene la dirección %1, que no es pública.</translation>
    </message>
    <message>
        <source>The router does not tell its address.</source>
        <translation>El router no dice su dirección.</translation>
    </message>
    <message>
        <source>The router does not tell its address; behind it comes %1.</source>
        <translation>El router no dice su dirección; detrás de él viene %1.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Fuera</translation>
    </message>
    <message>
        <source>Somebody at %1 has listened.</source>
        <translation>Alguien en %1 ha escuchado.</translation>
    </message>
    <message>
        <source>Nobody from outside has listened yet.</source>
        <translation>Nadie de fuera ha escuchado todavía.</translation>
    </message>
    <message>
        <source>Own address, IPv4</source>
        <translation>Dirección propia, IPv4</translation>
    </message>
    <message>
        <source>Firewall of this computer, IPv4</source>
        <translation>Cortafuegos de este ordenador, IPv4</translation>
    </message>
    <message>
        <source>Router, IPv4</source>
        <translation>Router, IPv4</translation>
    </message>
    <message>
        <source>Port of the router, IPv4</source>
        <translation>Puerto del router, IPv4</translation>
    </message>
    <message>
        <source>Own address, IPv6</source>
        <translation>Dirección propia, IPv6</translation>
    </message>
    <message>
        <source>Firewall of this computer, IPv6</source>
        <translation>Cortafuegos de este ordenador, IPv6</translation>
    </message>
    <message>
        <source>Router, IPv6</source>
        <translation>Router, IPv6</translation>
    </message>
    <message>
        <source>Port of the router, IPv6</source>
        <translation>Puerto del router, IPv6</translation>
    </message>
    <message>
        <source>Everybody who has IPv6 can listen: %1.</source>
        <translation>Todos los que tienen IPv6 pueden escuchar: %1.</translation>
    </message>
</context>
<context>
    <name>CoverPicture</name>
    <message>
        <source>Cover</source>
        <translation>Carátula</translation>
    </message>
</context>
<context>
    <name>DesktopHabits</name>
    <message>
        <source>Advice</source>
        <translation>Consejo</translation>
    </message>
    <message>
        <source>A live program was refused</source>
        <translation>Se rechazó un programa en directo</translation>
    </message>
</context>
<context>
    <name>DirectoriesDialog</name>
    <message>
        <source>Next: within a minute and a half.</source>
        <translation>A continuación: en menos de minuto y medio.</translation>
    </message>
    <message numerus="yes">
        <source>Next: in about %n minute(s).</source>
        <translation>
            <numerusform>A continuación: en aproximadamente %n minuto.</numerusform>
            <numerusform>A continuación: en aproximadamente %n minutos.</numerusform>
        </translation>
    </message>
    <message>
        <source>The directory is told of the station soon.</source>
        <translation>Pronto se comunicará la emisora al directorio.</translation>
    </message>
    <message>
        <source>The station is listed.</source>
        <translation>La emisora figura en el directorio.</translation>
    </message>
    <message>
        <source>The directory does not list the station.</source>
        <translation>El directorio no incluye la emisora.</translation>
    </message>
    <message>
        <source>The directory does not answer.</source>
        <translation>El directorio no responde.</translation>
    </message>
    <message>
        <source>The station is not listed publicly.</source>
        <translation>La emisora no figura públicamente.</translation>
    </message>
    <message>
        <source>The station is not listed yet.</source>
        <translation>La emisora aún no figura.</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Directorios</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Logo, country, &amp;languages…</source>
        <translation>Logotipo, país, &amp;idiomas…</translation>
    </message>
    <message>
        <source>A public directory</source>
        <translation>Un directorio público</translation>
    </message>
    <message>
        <source>List the &amp;station while it is on the air</source>
        <translation>Incluir la &amp;emisora mientras está en el aire</translation>
    </message>
    <message>
        <source>radio-browser.info, and others that look at the stream itself</source>
        <translation>radio-browser.info y otros que miran la propia transmisión</translation>
    </message>
    <message>
        <source>are told nothing</source>
        <translation>no se les dice nada</translation>
    </message>
    <message>
        <source>may list the station</source>
        <translation>pueden incluir la emisora</translation>
    </message>
    <message>
        <source>are asked to stay away</source>
        <translation>se les pide que se mantengan al margen</translation>
    </message>
    <message>
        <source>They &amp;read it every other day, and</source>
        <translation>Lo &amp;leen cada dos días y</translation>
    </message>
    <message>
        <source>The first entry is made by hand, on the page radio-browser.info.</source>
        <translation>La primera entrada se hace a mano, en la página radio-browser.info.</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>Dice: %1</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>off air</source>
        <translation>fuera de antena</translation>
    </message>
    <message>
        <source>The station is off the air.</source>
        <translation>La emisora está fuera de antena.</translation>
    </message>
    <message>
        <source>nothing to play</source>
        <translation>nada que emitir</translation>
    </message>
    <message>
        <source>Listeners hear silence: add music or go live.</source>
        <translation>Los oyentes oyen silencio: añada música o emita en directo.</translation>
    </message>
    <message>
        <source>running low</source>
        <translation>agotándose</translation>
    </message>
    <message>
        <source>The disk or the live source does not keep up; a larger buffer rides out more.</source>
        <translation>El disco o la fuente en directo no da abasto; un búfer más grande aguanta más.</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>sano</translation>
    </message>
    <message>
        <source>Enough audio is ready, and it is steady.</source>
        <translation>Hay bastante audio preparado, y estable.</translation>
    </message>
    <message>
        <source>full</source>
        <translation>lleno</translation>
    </message>
    <message>
        <source>Audio comes faster than it goes out: listeners or the clock do not keep up.</source>
        <translation>El audio llega más rápido de lo que sale: los oyentes o el reloj no dan abasto.</translation>
    </message>
    <message>
        <source>unstable</source>
        <translation>inestable</translation>
    </message>
    <message>
        <source>The fill swings quickly: the source or the CPU is unstable.</source>
        <translation>El nivel oscila deprisa: la fuente o la CPU es inestable.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bueno</translation>
    </message>
    <message>
        <source>The processor has plenty of room.</source>
        <translation>Al procesador le sobra margen.</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>regular</translation>
    </message>
    <message>
        <source>The processor is busy, with room left.</source>
        <translation>El procesador está ocupado, con margen.</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>aviso</translation>
    </message>
    <message>
        <source>The processor is very busy: larger chunks and longer pauses help.</source>
        <translation>El procesador está muy ocupado: ayudan bloques más grandes y pausas más largas.</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>crítico</translation>
    </message>
    <message>
        <source>The processor is at its limit and listeners will hear skips: larger chunks and longer pauses help.</source>
        <translation>El procesador está al límite y los oyentes oirán saltos: ayudan bloques más grandes y pausas más largas.</translation>
    </message>
    <message>
        <source>Hardly any delay.</source>
        <translation>Apenas hay retardo.</translation>
    </message>
    <message>
        <source>acceptable</source>
        <translation>aceptable</translation>
    </message>
    <message>
        <source>A delay that few will notice.</source>
        <translation>Un retardo que pocos notarán.</translation>
    </message>
    <message>
        <source>high</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>A noticeable delay: a smaller buffer and smaller chunks help.</source>
        <translation>Un retardo perceptible: ayudan un búfer y unos bloques más pequeños.</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>estable</translation>
    </message>
    <message>
        <source>The stream arrives at its full rate.</source>
        <translation>El flujo llega a su tasa completa.</translation>
    </message>
    <message>
        <source>skipping</source>
        <translation>con saltos</translation>
    </message>
    <message>
        <source>Less arrives than is played: this listener hears gaps.</source>
        <translation>Llega menos de lo que se reproduce: este oyente oye huecos.</translation>
    </message>
    <message>
        <source>as expected</source>
        <translation>lo esperado</translation>
    </message>
    <message>
        <source>No more than the buffer and the listeners account for.</source>
        <translation>No más de lo que explican el búfer y los oyentes.</translation>
    </message>
    <message>
        <source>More than the buffer and the listeners account for; a smaller buffer helps.</source>
        <translation>Más de lo que explican el búfer y los oyentes; ayuda un búfer más pequeño.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>This computer does not tell how many connections it allows.</source>
        <translation>Este equipo no dice cuántas conexiones permite.</translation>
    </message>
    <message>
        <source>enough</source>
        <translation>suficiente</translation>
    </message>
    <message>
        <source>The computer allows as many connections as the station may need.</source>
        <translation>El equipo permite tantas conexiones como pueda necesitar la emisora.</translation>
    </message>
    <message>
        <source>few</source>
        <translation>pocas</translation>
    </message>
    <message>
        <source>The computer allows few connections; raise its limit of open files (ulimit -n, LimitNOFILE of a service).</source>
        <translation>El equipo permite pocas conexiones; aumente su límite de archivos abiertos (ulimit -n, LimitNOFILE de un servicio).</translation>
    </message>
    <message>
        <source>The system does not tell how it saves power; a virtual machine never does.</source>
        <translation>El sistema no dice cómo ahorra energía; una máquina virtual nunca lo hace.</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>rápida</translation>
    </message>
    <message>
        <source>The processor is always at its full speed.</source>
        <translation>El procesador va siempre a toda velocidad.</translation>
    </message>
    <message>
        <source>adapts</source>
        <translation>se adapta</translation>
    </message>
    <message>
        <source>The processor becomes faster as soon as there is more to do.</source>
        <translation>El procesador acelera en cuanto hay más que hacer.</translation>
    </message>
    <message>
        <source>saves power</source>
        <translation>ahorra energía</translation>
    </message>
    <message>
        <source>The processor is slow to wake up. For the shortest delay: &quot;sudo cpupower frequency-set -g performance&quot;.</source>
        <translation>El procesador tarda en despertar. Para el menor retardo: «sudo cpupower frequency-set -g performance».</translation>
    </message>
    <message>
        <source>The system does not tell.</source>
        <translation>El sistema no lo dice.</translation>
    </message>
    <message>
        <source>cool</source>
        <translation>frío</translation>
    </message>
    <message>
        <source>Neither heat nor too little power slows the processor down.</source>
        <translation>Ni el calor ni la falta de energía frenan el procesador.</translation>
    </message>
    <message>
        <source>was hot</source>
        <translation>ha estado caliente</translation>
    </message>
    <message>
        <source>Heat or too little power has slowed the processor down since the computer was switched on: give it air, and a strong power supply.</source>
        <translation>El calor o la falta de energía ha frenado el procesador desde el encendido: necesita aire y una buena fuente de alimentación.</translation>
    </message>
    <message>
        <source>too hot</source>
        <translation>demasiado caliente</translation>
    </message>
    <message>
        <source>Heat or too little power slows the processor down at this moment: give it air, and a strong power supply.</source>
        <translation>El calor o la falta de energía frena el procesador en este momento: necesita aire y una buena fuente de alimentación.</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>la habitual</translation>
    </message>
    <message>
        <source>Cycast shares the processors with all other programs; where those are busy, advanced.nice lets it go first.</source>
        <translation>Cycast comparte los procesadores con los demás programas; si están ocupados, advanced.nice lo deja pasar primero.</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>elevada</translation>
    </message>
    <message>
        <source>Cycast goes before other programs.</source>
        <translation>Cycast va antes que otros programas.</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>no permitida</translation>
    </message>
    <message>
        <source>The system does not permit what advanced.nice asks for: give the program the capability CAP_SYS_NICE, or its user a limit (&quot;nice&quot; in /etc/security/limits.conf).</source>
        <translation>El sistema no permite lo que pide advanced.nice: dé al programa la capacidad CAP_SYS_NICE, o a su usuario un límite («nice» en /etc/security/limits.conf).</translation>
    </message>
    <message>
        <source>other processors</source>
        <translation>otros procesadores</translation>
    </message>
    <message>
        <source>This computer does not have all the processors that advanced.cpus names, or does not let Cycast use them.</source>
        <translation>Este ordenador no tiene todos los procesadores que nombra advanced.cpus, o no deja que Cycast los use.</translation>
    </message>
    <message>
        <source>by the kernel</source>
        <translation>por el núcleo</translation>
    </message>
    <message>
        <source>The system encrypts by itself what goes out.</source>
        <translation>El sistema cifra por sí mismo lo que sale.</translation>
    </message>
    <message>
        <source>by the program</source>
        <translation>por el programa</translation>
    </message>
    <message>
        <source>Cycast encrypts what goes out; with the module &quot;tls&quot; the kernel would do it.</source>
        <translation>Cycast cifra lo que sale; con el módulo «tls» lo haría el núcleo.</translation>
    </message>
</context>
<context>
    <name>HttpsDialog</name>
    <message>
        <source>The certificate is valid until %1.</source>
        <translation>El certificado es válido hasta el %1.</translation>
    </message>
    <message>
        <source>The next attempt is on %1.</source>
        <translation>El próximo intento es el %1.</translation>
    </message>
    <message>
        <source>It is renewed by itself on %1.</source>
        <translation>Se renueva automáticamente el %1.</translation>
    </message>
    <message>
        <source>https works for %1.</source>
        <translation>https funciona para %1.</translation>
    </message>
    <message>
        <source>The station has no certificate of its own making.</source>
        <translation>La emisora no ha obtenido ningún certificado por sí misma.</translation>
    </message>
    <message>
        <source>It begins when the station is on the air.</source>
        <translation>Empieza cuando la emisora esté en el aire.</translation>
    </message>
    <message>
        <source>Use https</source>
        <translation>Usar https</translation>
    </message>
    <message>
        <source>Switch it &amp;off</source>
        <translation>&amp;Desactivar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>A certificate for the station</source>
        <translation>Un certificado para la emisora</translation>
    </message>
    <message>
        <source>With https, pages that are https themselves can play the station, and browsers do not warn. The certificate is free of charge, and is renewed by itself; nobody who listens is disconnected.</source>
        <translation>Con https, las páginas que ya son https pueden reproducir la emisora y los navegadores no avisan. El certificado es gratuito y se renueva automáticamente; no se desconecta a nadie que escuche.</translation>
    </message>
    <message>
        <source>&amp;Name or address</source>
        <translation>&amp;Nombre o dirección</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Nombre o dirección</translation>
    </message>
    <message>
        <source>Needed: the name leads to this computer (a dynamic name will do; the bare address works as well), and port 80 or 443 from outside leads to the listeners’ port while the authority looks.</source>
        <translation>Se necesita: que el nombre lleve a este equipo (basta uno dinámico; también sirve la dirección sola) y que el puerto 80 o 443 lleve desde fuera al puerto de oyentes mientras la autoridad comprueba.</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Cómo está</translation>
    </message>
    <message>
        <source>A certificate is on its way</source>
        <translation>Un certificado está en camino</translation>
    </message>
    <message>
        <source>for example radio.example.org</source>
        <translation>por ejemplo radio.example.org</translation>
    </message>
    <message>
        <source>The authority says: %1</source>
        <translation>La autoridad dice: %1</translation>
    </message>
    <message>
        <source>&amp;Get a certificate</source>
        <translation>&amp;Obtener un certificado</translation>
    </message>
    <message>
        <source>&amp;Renew it now</source>
        <translation>&amp;Renovarlo ahora</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Intentar de n&amp;uevo</translation>
    </message>
</context>
<context>
    <name>InsertTracks</name>
    <message>
        <source>adding %1</source>
        <translation>añadir %1</translation>
    </message>
</context>
<context>
    <name>JingleEditor</name>
    <message>
        <source>moving a jingle</source>
        <translation>mover una cuña</translation>
    </message>
</context>
<context>
    <name>JinglesView</name>
    <message>
        <source>&amp;Jingles</source>
        <translation>Cuña&amp;s</translation>
    </message>
    <message>
        <source>Drop station calls and jingles here.</source>
        <translation>Suelte aquí sintonías y cuñas.</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>Add jingles</source>
        <translation>Añadir cuñas</translation>
    </message>
    <message>
        <source>Jingles</source>
        <translation>Cuñas</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a jingle after so many songs or minutes: not counted</comment>
        <translation>no</translation>
    </message>
    <message>
        <source>Songs between jingles</source>
        <translation>Canciones entre cuñas</translation>
    </message>
    <message>
        <source>One jingle after so many songs.</source>
        <translation>Una cuña después de tantas canciones.</translation>
    </message>
    <message>
        <source>Minutes between jingles</source>
        <translation>Minutos entre cuñas</translation>
    </message>
    <message>
        <source>One jingle after so many minutes of music, never within a track.</source>
        <translation>Una cuña después de tantos minutos de música, nunca dentro de una pista.</translation>
    </message>
    <message>
        <source>One every</source>
        <translation>Una cada</translation>
    </message>
    <message>
        <source>songs, or</source>
        <translation>canciones, o</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutos</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>ninguna todavía</translation>
    </message>
    <message>
        <source>%1 of them from the folder in the settings</source>
        <translation>%1 de ellas de la carpeta de los ajustes</translation>
    </message>
    <message>
        <source>never played: choose when</source>
        <translation>nunca suenan: elija cuándo</translation>
    </message>
    <message>
        <source>one every %1 songs or %2 minutes</source>
        <translation>una cada %1 canciones o %2 minutos</translation>
    </message>
    <message>
        <source>one after every song</source>
        <translation>una después de cada canción</translation>
    </message>
    <message>
        <source>one every %1 songs</source>
        <translation>una cada %1 canciones</translation>
    </message>
    <message>
        <source>one every %1 minutes</source>
        <translation>una cada %1 minutos</translation>
    </message>
    <message>
        <source>Jingles: %1</source>
        <translation>Cuñas: %1</translation>
    </message>
    <message>
        <source>Music (%1)</source>
        <translation>Música (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>KnockDock</name>
    <message>
        <source>Who knocked</source>
        <translation>Quién ha llamado</translation>
    </message>
    <message>
        <source>Nobody has asked to broadcast yet. Tools, Connect a DJ has the values for it.</source>
        <translation>Nadie ha pedido emitir todavía. Herramientas, Conectar un DJ tiene los valores para ello.</translation>
    </message>
    <message>
        <source>Attempts to broadcast</source>
        <translation>Intentos de emitir</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>%1 desde %2: %3</translation>
    </message>
</context>
<context>
    <name>KnockModel</name>
    <message>
        <source>Let in</source>
        <translation>Admitido</translation>
    </message>
    <message>
        <source>No pass phrase</source>
        <translation>Sin contraseña</translation>
    </message>
    <message>
        <source>Wrong pass phrase</source>
        <translation>Contraseña errónea</translation>
    </message>
    <message>
        <source>Wrong path</source>
        <translation>Ruta errónea</translation>
    </message>
    <message>
        <source>Unknown format</source>
        <translation>Formato desconocido</translation>
    </message>
    <message>
        <source>Two at once</source>
        <translation>Dos a la vez</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>No se entendió</translation>
    </message>
    <message>
        <source>Asked for encryption</source>
        <translation>Pidió cifrado</translation>
    </message>
    <message>
        <source>Locked out</source>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>Show the right values…</source>
        <translation>Mostrar los valores correctos…</translation>
    </message>
    <message>
        <source>End the other source</source>
        <translation>Terminar la otra fuente</translation>
    </message>
    <message>
        <source>Set up encryption…</source>
        <translation>Configurar el cifrado…</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nada que hacer</translation>
    </message>
    <message>
        <source>%1, %2 from %3, %4</source>
        <translation>%1, %2 desde %3, %4</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Pidió</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Qué pasó</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>As the &amp;system</source>
        <translation>Como el &amp;sistema</translation>
    </message>
</context>
<context>
    <name>LeaveQuestions</name>
    <message>
        <source>Go off air?</source>
        <translation>¿Salir de antena?</translation>
    </message>
    <message>
        <source>1 person is listening and will be disconnected.</source>
        <translation>1 persona está escuchando y será desconectada.</translation>
    </message>
    <message>
        <source>%1 people are listening and will be disconnected.</source>
        <translation>%1 personas están escuchando y serán desconectadas.</translation>
    </message>
    <message>
        <source>Go off air</source>
        <translation>Salir de antena</translation>
    </message>
    <message>
        <source>Quit and go off air?</source>
        <translation>¿Cerrar y salir de antena?</translation>
    </message>
    <message>
        <source>The station is on the air. Quitting ends the broadcast.</source>
        <translation>La emisora está en antena. Cerrar termina la emisión.</translation>
    </message>
    <message>
        <source>The station is on the air, and %1 will be disconnected.</source>
        <translation>La emisora está en antena y se desconectará a %1.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>LeftList</name>
    <message>
        <source>Listeners who left lately</source>
        <translation>Oyentes que se han ido hace poco</translation>
    </message>
</context>
<context>
    <name>LeftModel</name>
    <message>
        <source>Stopped listening</source>
        <translation>Dejó de escuchar</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Conexión perdida</translation>
    </message>
    <message>
        <source>Never took anything</source>
        <translation>Nunca recogió nada</translation>
    </message>
    <message>
        <source>Somebody connected and read nothing of the stream for half a minute: no player does that.</source>
        <translation>Alguien se conectó y no leyó nada del flujo durante medio minuto: ningún reproductor hace eso.</translation>
    </message>
    <message>
        <source>Took nothing for a minute</source>
        <translation>No aceptó nada en un minuto</translation>
    </message>
    <message>
        <source>Removed by you</source>
        <translation>Expulsado por usted</translation>
    </message>
    <message>
        <source>Removed by the admin</source>
        <translation>Expulsado por el administrador</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>Format changed</source>
        <translation>Cambió el formato</translation>
    </message>
    <message>
        <source>Station went off the air</source>
        <translation>La emisora salió de antena</translation>
    </message>
    <message>
        <source>The player closed the connection: somebody pressed stop, or went on to something else.</source>
        <translation>El reproductor cerró la conexión: alguien pulsó parar, o pasó a otra cosa.</translation>
    </message>
    <message>
        <source>There was no sign of life any more: the listener&apos;s network or computer is gone.</source>
        <translation>No hubo más señales de vida: la red o el equipo del oyente ya no está.</translation>
    </message>
    <message>
        <source>A paused player, or a line that is far too slow: what came next had left the buffer.</source>
        <translation>Un reproductor en pausa, o una línea demasiado lenta: lo siguiente ya no estaba en el búfer.</translation>
    </message>
    <message>
        <source>You removed this listener, who may come again.</source>
        <translation>Usted expulsó a este oyente, que puede volver.</translation>
    </message>
    <message>
        <source>A program that knows the admin pass phrase removed this listener.</source>
        <translation>Un programa que conoce la contraseña de administración expulsó a este oyente.</translation>
    </message>
    <message>
        <source>A ban fits this listener.</source>
        <translation>Un bloqueo afecta a este oyente.</translation>
    </message>
    <message>
        <source>The stream went on in another format; most players come back by themselves.</source>
        <translation>La emisión siguió en otro formato; la mayoría de los reproductores vuelven solos.</translation>
    </message>
    <message>
        <source>The broadcast ended.</source>
        <translation>La emisión terminó.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>%1 with %2, listened for %3, left at %4: %5</source>
        <translation>%1 con %2, escuchó %3, se fue a las %4: %5</translation>
    </message>
    <message>
        <source>Left at</source>
        <translation>Se fue a las</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Reproductor</translation>
    </message>
    <message>
        <source>Listened</source>
        <translation>Escuchó</translation>
    </message>
    <message>
        <source>bytes_sent</source>
        <translation>bytes_sent</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
</context>
<context>
    <name>ListenBar</name>
    <message>
        <source>&amp;Volume</source>
        <translation>&amp;Volumen</translation>
    </message>
    <message>
        <source>Open the web &amp;page</source>
        <translation>Abrir la &amp;página web</translation>
    </message>
    <message>
        <source>Volume of your own listening</source>
        <translation>Volumen de su propia escucha</translation>
    </message>
    <message>
        <source>Only how loud it is here. Listeners hear no difference.</source>
        <translation>Solo lo fuerte que suena aquí. Los oyentes no notan diferencia.</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Dejar de escuchar</translation>
    </message>
    <message>
        <source>&amp;Listen again</source>
        <translation>&amp;Volver a escuchar</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;usa</translation>
    </message>
    <message>
        <source>Paused. It goes on with what is on the air then.</source>
        <translation>En pausa. Seguirá con lo que esté en antena entonces.</translation>
    </message>
    <message>
        <source>Connecting, as any player would…</source>
        <translation>Conectando, como cualquier reproductor…</translation>
    </message>
    <message>
        <source>You hear your station as a listener does, a few seconds behind the broadcast.</source>
        <translation>Oye su emisora como un oyente, unos segundos por detrás de la emisión.</translation>
    </message>
    <message>
        <source>No sound device was found on this computer. The web page with the player was opened in the browser instead.</source>
        <translation>No se encontró ningún dispositivo de sonido en este equipo. En su lugar se ha abierto en el navegador la página web con el reproductor.</translation>
    </message>
    <message>
        <source>The sound device does not play. The web page with the player was opened in the browser instead.</source>
        <translation>El dispositivo de sonido no reproduce. En su lugar se ha abierto en el navegador la página web con el reproductor.</translation>
    </message>
</context>
<context>
    <name>ListenersTexts</name>
    <message>
        <source>Stalled</source>
        <translation>Atascado</translation>
    </message>
    <message>
        <source>OK, skipped %1×</source>
        <translation>OK, saltó %1×</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Has accepted no data for more than 10 seconds: paused, or the connection is too slow.</source>
        <translation>No ha aceptado datos en más de 10 segundos: en pausa, o la conexión es demasiado lenta.</translation>
    </message>
    <message>
        <source>Receives the stream as it is broadcast.</source>
        <translation>Recibe el flujo tal como se emite.</translation>
    </message>
    <message numerus="yes">
        <source>Fell behind further than the buffer reaches and jumped ahead %n time(s).</source>
        <translation>
            <numerusform>Se retrasó más de lo que alcanza el búfer y saltó %n vez.</numerusform>
            <numerusform>Se retrasó más de lo que alcanza el búfer y saltó %n veces.</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Listener %1 from %2, %3, connected for %4, %5 behind, %6</source>
        <translation>Oyente %1 desde %2, %3, conectado hace %4, %5 de retraso, %6</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>N.º</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Reproductor</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>bytes_sent</source>
        <translation>bytes_sent</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tasa</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>Retraso</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>What the listener&apos;s connection has accepted, audio and titles.</source>
        <translation>Lo que la conexión del oyente ha aceptado, audio y títulos.</translation>
    </message>
    <message>
        <source>How far behind the broadcast this listener is.</source>
        <translation>Cuánto va este oyente por detrás de la emisión.</translation>
    </message>
    <message>
        <source>Bytes per second over the last seconds.</source>
        <translation>Bytes por segundo en los últimos segundos.</translation>
    </message>
</context>
<context>
    <name>ListenersView</name>
    <message>
        <source>Listeners</source>
        <translation>Oyentes</translation>
    </message>
    <message>
        <source>Filter listeners</source>
        <translation>Filtrar oyentes</translation>
    </message>
    <message>
        <source>Filter listeners by id, address, player or state</source>
        <translation>Filtrar oyentes por número, dirección, reproductor o estado</translation>
    </message>
    <message>
        <source>OK, skipped %1×</source>
        <translation>OK, saltó %1×</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Copiar dirección</translation>
    </message>
    <message>
        <source>Remove listener</source>
        <translation>Quitar oyente</translation>
    </message>
    <message>
        <source>Closes this connection. Whoever was removed may connect again.</source>
        <translation>Cierra esta conexión. Quien fue quitado puede volver.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n listeners</source>
        <translation>
            <numerusform>Quitar %n oyente</numerusform>
            <numerusform>Quitar %n oyentes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 out  ·  %2 stalled</source>
        <translation>%1 de salida  ·  %2 atascados</translation>
    </message>
    <message>
        <source>&lt;p&gt;%1 from %2. Most at once: %3. Together they have listened for %4 hours in this broadcast.&lt;/p&gt;</source>
        <translation>&lt;p&gt;%1 de %2. Máximo a la vez: %3. Juntos han escuchado %4 horas en esta emisión.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 persona</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personas</translation>
    </message>
    <message>
        <source>%1 people  ·  </source>
        <translation>%1 personas  ·  </translation>
    </message>
    <message>
        <source>Nobody is listening yet. Share the link above.</source>
        <translation>Todavía no escucha nadie. Comparta el enlace de arriba.</translation>
    </message>
    <message>
        <source>No listener matches the filter.</source>
        <translation>Ningún oyente coincide con el filtro.</translation>
    </message>
    <message>
        <source>Left lately</source>
        <translation>Se han ido</translation>
    </message>
    <message>
        <source>Who stopped listening, when, and why</source>
        <translation>Quién dejó de escuchar, cuándo y por qué</translation>
    </message>
    <message>
        <source>Show who left lately</source>
        <translation>Mostrar quién se ha ido hace poco</translation>
    </message>
    <message>
        <source>Nobody has left so far.</source>
        <translation>Hasta ahora no se ha ido nadie.</translation>
    </message>
</context>
<context>
    <name>LogDock</name>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>&amp;Verbose</source>
        <translation>&amp;Detallado</translation>
    </message>
    <message>
        <source>Show lines of this level and above</source>
        <translation>Mostrar líneas de este nivel y superiores</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Todos los niveles</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Solo errores</translation>
    </message>
    <message>
        <source>%1 and above</source>
        <translation>%1 y superiores</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <source>Writes down every chunk read and sent, every change of the fill, and timing.</source>
        <translation>Anota cada bloque leído y enviado, cada cambio de nivel y los tiempos.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Copies the selected lines, or all that are shown.</source>
        <translation>Copia las líneas elegidas, o todas las que se ven.</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Vaciar</translation>
    </message>
    <message>
        <source>Empties this view.</source>
        <translation>Vacía esta vista.</translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>Líneas del registro</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>Debug</source>
        <translation>Depuración</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Información</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Parte</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Broadcast</source>
        <translation>&amp;Emisión</translation>
    </message>
    <message>
        <source>&amp;Playlist</source>
        <translation>&amp;Lista</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Ordenar por</translation>
    </message>
    <message>
        <source>P&amp;resets</source>
        <translation>P&amp;reajustes</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Registro</translation>
    </message>
    <message>
        <source>Ctrl+Shift+G</source>
        <translation>Ctrl+Shift+G</translation>
    </message>
    <message>
        <source>&amp;Who knocked</source>
        <translation>&amp;Quién ha llamado</translation>
    </message>
    <message>
        <source>Ctrl+Shift+W</source>
        <translation>Ctrl+Shift+W</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>Panel &amp;siguiente</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>Panel &amp;anterior</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>I&amp;dioma</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Pantalla &amp;completa</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Herramientas</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Ajustes…</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Connect a &amp;DJ…</source>
        <translation>Conectar un &amp;DJ…</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>&amp;Banned listeners…</source>
        <translation>Oyentes &amp;bloqueados…</translation>
    </message>
    <message>
        <source>S&amp;elf-test…</source>
        <translation>Au&amp;toprueba…</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>Atajos de &amp;teclado</translation>
    </message>
    <message>
        <source>&amp;About Cycast Desktop</source>
        <translation>&amp;Acerca de Cycast Desktop</translation>
    </message>
    <message>
        <source>&amp;Directories…</source>
        <translation>&amp;Directorios…</translation>
    </message>
    <message>
        <source>Use h&amp;ttps…</source>
        <translation>Usar &amp;https…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Copied: %1</source>
        <translation>Copiado: %1</translation>
    </message>
    <message>
        <source>%1. See View, Who knocked.</source>
        <translation>%1. Véase Ver, Quién ha llamado.</translation>
    </message>
    <message>
        <source>The program ended while the station was on the air. Playlist, track and settings are as they were.</source>
        <translation>El programa terminó mientras la emisora estaba en antena. La lista, la pista y los ajustes están como estaban.</translation>
    </message>
    <message>
        <source>Go on &amp;air again</source>
        <translation>Volver al &amp;aire</translation>
    </message>
    <message>
        <source>Cycast Desktop</source>
        <translation>Cycast Desktop</translation>
    </message>
    <message>
        <source>%1 — Cycast Desktop</source>
        <translation>%1 — Cycast Desktop</translation>
    </message>
    <message>
        <source>ON AIR: %1</source>
        <translation>EN ANTENA: %1</translation>
    </message>
    <message>
        <source>No browser could be started. The address is %1</source>
        <translation>No se pudo abrir un navegador. La dirección es %1</translation>
    </message>
</context>
<context>
    <name>OfferBar</name>
    <message>
        <source>No, thanks</source>
        <translation>No, gracias</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
</context>
<context>
    <name>OnAirBar</name>
    <message>
        <source>On air</source>
        <translation>En antena</translation>
    </message>
    <message>
        <source>● ON AIR   %1</source>
        <translation>● ON AIR   %1</translation>
    </message>
    <message>
        <source>Position in the track</source>
        <translation>Posición en la pista</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>Transcurrido</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Oyentes</translation>
    </message>
    <message>
        <source>On the air. Click to go off air.</source>
        <translation>En antena. Pulse para salir de antena.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Empezando…</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Empezando</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Terminando…</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Terminando</translation>
    </message>
    <message>
        <source>Go on air</source>
        <translation>Salir al aire</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Not on the air: %1</source>
        <translation>Fuera de antena: %1</translation>
    </message>
    <message>
        <source>Opening the ports for listeners and live programs…</source>
        <translation>Abriendo los puertos para oyentes y programas en directo…</translation>
    </message>
    <message>
        <source>Off the air. Add music first, or go on air and wait for a live program: listeners hear silence until then.</source>
        <translation>Fuera de antena. Añada música antes, o salga al aire y espere un programa en directo: hasta entonces los oyentes oyen silencio.</translation>
    </message>
    <message>
        <source>Off the air. Starts with “%1”.</source>
        <translation>Fuera de antena. Empieza con «%1».</translation>
    </message>
    <message>
        <source>Off the air. %1 ready.</source>
        <translation>Fuera de antena. %1 a punto.</translation>
    </message>
    <message>
        <source>Your link appears here on the air</source>
        <translation>Su enlace aparece aquí cuando esté en antena</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>máximo %1</translation>
    </message>
    <message>
        <source>ON AIR   %1</source>
        <translation>ON AIR   %1</translation>
    </message>
    <message>
        <source>On air for %1. Go off air</source>
        <translation>En antena desde hace %1. Salir de antena</translation>
    </message>
    <message>
        <source>Live programme</source>
        <translation>Programa en directo</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Silencio</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sin título</translation>
    </message>
    <message>
        <source>next: %1</source>
        <translation>luego: %1</translation>
    </message>
    <message>
        <source>next: %1 — %2</source>
        <translation>luego: %1 — %2</translation>
    </message>
</context>
<context>
    <name>PlaylistDialogs</name>
    <message>
        <source>Add files</source>
        <translation>Añadir archivos</translation>
    </message>
    <message>
        <source>Music (%1)</source>
        <translation>Música (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Add a folder with everything in it</source>
        <translation>Añadir una carpeta con todo lo que contiene</translation>
    </message>
    <message>
        <source>Open a playlist</source>
        <translation>Abrir una lista</translation>
    </message>
    <message>
        <source>Playlists (*.m3u *.m3u8 *.pls *.xspf *.cue)</source>
        <translation>Listas (*.m3u *.m3u8 *.pls *.xspf *.cue)</translation>
    </message>
    <message>
        <source>Save the playlist</source>
        <translation>Guardar la lista</translation>
    </message>
    <message>
        <source>Playlist (*.m3u8)</source>
        <translation>Lista (*.m3u8)</translation>
    </message>
    <message>
        <source>Playlist for older players (*.m3u)</source>
        <translation>Lista para reproductores antiguos (*.m3u)</translation>
    </message>
    <message>
        <source>PLS playlist (*.pls)</source>
        <translation>Lista PLS (*.pls)</translation>
    </message>
    <message>
        <source>XSPF playlist (*.xspf)</source>
        <translation>Lista XSPF (*.xspf)</translation>
    </message>
</context>
<context>
    <name>PlaylistEditor</name>
    <message>
        <source>The playlist is saved as %1.</source>
        <translation>La lista se guardó como %1.</translation>
    </message>
    <message>
        <source>%1 added.</source>
        <translation>%1 añadidas.</translation>
    </message>
    <message>
        <source>Nothing to play was found there.</source>
        <translation>No se encontró ahí nada que reproducir.</translation>
    </message>
    <message>
        <source>%1 (and %2 more, see View &gt; Log)</source>
        <translation>%1 (y %2 más, véase Ver &gt; Registro)</translation>
    </message>
    <message>
        <source>moving %1</source>
        <translation>mover %1</translation>
    </message>
    <message>
        <source>sorting</source>
        <translation>ordenar</translation>
    </message>
    <message>
        <source>%1 new in your folders.</source>
        <translation>%1 nuevas en sus carpetas.</translation>
    </message>
    <message>
        <source>“%1” plays next.</source>
        <translation>«%1» suena a continuación.</translation>
    </message>
    <message>
        <source>%1 play next.</source>
        <translation>%1 suenan a continuación.</translation>
    </message>
    <message>
        <source>Sorted by “%1”. Ctrl+Z brings the old order back.</source>
        <translation>Ordenado por «%1». Ctrl+Z recupera el orden anterior.</translation>
    </message>
</context>
<context>
    <name>PlaylistRow</name>
    <message>
        <source>%1 → %2</source>
        <comment>format of a file, format of the stream</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, cannot play: %2</source>
        <translation>%1, no se puede reproducir: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, playing now</source>
        <translation>%1, suena ahora</translation>
    </message>
    <message>
        <source>Click to sort the playlist. Undo brings the old order back.</source>
        <translation>Pulse para ordenar la lista. Deshacer recupera el orden anterior.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
</context>
<context>
    <name>PlaylistView</name>
    <message>
        <source>Playlist</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Find title, artist, album or file</source>
        <translation>Buscar título, artista, álbum o archivo</translation>
    </message>
    <message>
        <source>Find in the playlist</source>
        <translation>Buscar en la lista</translation>
    </message>
    <message>
        <source>Reading tags</source>
        <translation>Leyendo etiquetas</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Add to the playlist</source>
        <translation>Añadir a la lista</translation>
    </message>
    <message>
        <source>Drop music or a playlist here,
or press Ctrl+O</source>
        <translation>Suelte aquí música o una lista,
o pulse Ctrl+O</translation>
    </message>
    <message>
        <source>Files, folders, M3U, PLS and XSPF</source>
        <translation>Archivos, carpetas, M3U, PLS y XSPF</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Añadir carpeta…</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Esc shows all</source>
        <translation>Esc muestra todo</translation>
    </message>
    <message>
        <source>No tracks yet</source>
        <translation>Aún no hay pistas</translation>
    </message>
    <message>
        <source>drop files, folders or playlists here</source>
        <translation>suelte aquí archivos, carpetas o listas</translation>
    </message>
    <message>
        <source>1 needs attention</source>
        <translation>1 pide atención</translation>
    </message>
    <message>
        <source>%1 need attention</source>
        <translation>%1 piden atención</translation>
    </message>
    <message>
        <source>Stop reading tags</source>
        <translation>Dejar de leer etiquetas</translation>
    </message>
    <message>
        <source>Stop reading tags. The tracks stay, and are read when their turn comes.</source>
        <translation>Dejar de leer etiquetas. Las pistas se quedan y se leen cuando les toca.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Show all tracks</source>
        <translation>Mostrar todas las pistas</translation>
    </message>
</context>
<context>
    <name>PresetPreview</name>
    <message>
        <source>Preset: %1</source>
        <translation>Preajuste: %1</translation>
    </message>
    <message>
        <source>Applied live. Nobody is disconnected.</source>
        <translation>Aplicado en vivo. Nadie se desconecta.</translation>
    </message>
    <message>
        <source>These values are in force already. There is nothing to change.</source>
        <translation>Estos valores ya están en vigor. No hay nada que cambiar.</translation>
    </message>
    <message>
        <source>Cannot be applied. %1</source>
        <translation>No se puede aplicar. %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>becomes</source>
        <translation>pasa a</translation>
    </message>
    <message>
        <source>%1: %2, was %3</source>
        <translation>%1: %2, era %3</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>≈ %1 MB</source>
        <translation>≈ %1 MB</translation>
    </message>
    <message>
        <source>≈ %1 %</source>
        <translation>≈ %1 %</translation>
    </message>
    <message>
        <source>Latency, live</source>
        <translation>Retardo, en directo</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>CPU, 100 listeners</source>
        <translation>CPU, 100 oyentes</translation>
    </message>
    <message>
        <source>Buffer at %1 kbit/s</source>
        <translation>Búfer a %1 kbit/s</translation>
    </message>
    <message>
        <source>Rides out a listener&apos;s pause of</source>
        <translation>Aguanta una pausa del oyente de</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Raspberry Pi or Low-Power Device</source>
        <translation>Raspberry Pi o dispositivo de bajo consumo</translation>
    </message>
    <message>
        <source>For small computers: fewer, larger steps that leave the processor room.</source>
        <translation>Para ordenadores pequeños: menos pasos y más grandes, que dejan margen al procesador.</translation>
    </message>
    <message>
        <source>Many Concurrent Listeners (100+)</source>
        <translation>Muchos oyentes a la vez (100+)</translation>
    </message>
    <message>
        <source>For a crowd: large chunks, short pauses and a limit of 200.</source>
        <translation>Para un público grande: bloques grandes, pausas cortas y un límite de 200.</translation>
    </message>
    <message>
        <source>Live DJ Streaming (Low Latency)</source>
        <translation>DJ en directo (bajo retardo)</translation>
    </message>
    <message>
        <source>For live sets: small steps, so that listeners are close behind you.</source>
        <translation>Para sesiones en directo: pasos pequeños, para que los oyentes vayan cerca de usted.</translation>
    </message>
    <message>
        <source>Playlist-Only Station (Maximum Stability)</source>
        <translation>Solo lista (máxima estabilidad)</translation>
    </message>
    <message>
        <source>For music without live shows: the largest buffer and the fewest steps.</source>
        <translation>Para música sin directos: el búfer más grande y los menos pasos.</translation>
    </message>
    <message>
        <source>Home Server (Default)</source>
        <translation>Servidor doméstico (predeterminado)</translation>
    </message>
    <message>
        <source>For most homes: a good middle between delay, memory and CPU.</source>
        <translation>Para la mayoría de los hogares: un buen término medio entre retardo, memoria y CPU.</translation>
    </message>
    <message>
        <source>Raspberry Pi</source>
        <translation>Raspberry Pi</translation>
    </message>
    <message>
        <source>For a Raspberry Pi: a large buffer and large chunks.</source>
        <translation>Para una Raspberry Pi: un búfer grande y bloques grandes.</translation>
    </message>
    <message>
        <source>Production Server (100+ listeners)</source>
        <translation>Servidor de producción (100+ oyentes)</translation>
    </message>
    <message>
        <source>For a public station: room for 500 listeners and not more.</source>
        <translation>Para una emisora pública: sitio para 500 oyentes y no más.</translation>
    </message>
    <message>
        <source>Low-Latency DJ Mode</source>
        <translation>Modo DJ de bajo retardo</translation>
    </message>
    <message>
        <source>For live shows: what you say is heard soonest.</source>
        <translation>Para directos: lo que usted dice se oye cuanto antes.</translation>
    </message>
    <message>
        <source>Smoother playback (more CPU)</source>
        <translation>Reproducción más suave (más CPU)</translation>
    </message>
    <message>
        <source>Shorter pauses between two rounds of sending; the rest stays as it is.</source>
        <translation>Pausas más cortas entre dos rondas de envío; lo demás queda como está.</translation>
    </message>
    <message>
        <source>Lower CPU usage (potential skips)</source>
        <translation>Menos CPU (posibles saltos)</translation>
    </message>
    <message>
        <source>Longer pauses between two rounds of sending; the rest stays as it is.</source>
        <translation>Pausas más largas entre dos rondas de envío; lo demás queda como está.</translation>
    </message>
</context>
<context>
    <name>PresetsMenu</name>
    <message>
        <source>P&amp;resets</source>
        <translation>P&amp;reajustes</translation>
    </message>
    <message>
        <source>By scenario</source>
        <translation>Por uso</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Recomendados</translation>
    </message>
    <message>
        <source>Sleep only</source>
        <translation>Solo pausas</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>preajuste %1</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Propios</translation>
    </message>
    <message>
        <source>A preset of your own.</source>
        <translation>Un preajuste propio.</translation>
    </message>
    <message>
        <source>&amp;Save current as preset…</source>
        <translation>&amp;Guardar lo actual como preajuste…</translation>
    </message>
    <message>
        <source>&amp;Manage presets…</source>
        <translation>G&amp;estionar preajustes…</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Guardar preajuste</translation>
    </message>
    <message>
        <source>Name of the preset. One of the same name is replaced.</source>
        <translation>Nombre del preajuste. Se sustituye el que tenga el mismo nombre.</translation>
    </message>
</context>
<context>
    <name>QrCodeView</name>
    <message>
        <source>QR code of the web page</source>
        <translation>Código QR de la página web</translation>
    </message>
</context>
<context>
    <name>ReachDialog</name>
    <message>
        <source>&amp;Open the port</source>
        <translation>A&amp;brir el puerto</translation>
    </message>
    <message>
        <source>&amp;Let the network in</source>
        <translation>&amp;Dejar entrar a la red</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>bien</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>cerrado</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>en todas partes</translation>
    </message>
    <message>
        <source>everywhere, IPv6 only</source>
        <translation>en todas partes, solo IPv6</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>en este ordenador</translation>
    </message>
    <message>
        <source>at home</source>
        <translation>en casa</translation>
    </message>
    <message>
        <source>Let people outside listen</source>
        <translation>Dejar escuchar a gente de fuera</translation>
    </message>
    <message>
        <source>What to enter</source>
        <translation>Lo que hay que introducir</translation>
    </message>
    <message>
        <source>Close the &amp;port again</source>
        <translation>Cerrar otra vez el &amp;puerto</translation>
    </message>
    <message>
        <source>What was &amp;seen</source>
        <translation>Lo que se ha &amp;visto</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>Mirar otra ve&amp;z</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Go on the air first: then it can be seen who can listen.</source>
        <translation>Primero salga al aire: entonces se verá quién puede escuchar.</translation>
    </message>
    <message>
        <source>Looking at this computer, the router and what is behind it…</source>
        <translation>Mirando este ordenador, el router y lo que hay detrás…</translation>
    </message>
    <message>
        <source>Try it with a phone: switch its Wi-Fi off, and point its camera here. When it listens, that is noticed here by itself.

%1</source>
        <translation>Pruébelo con un teléfono: apague su wifi y apunte la cámara aquí. Cuando escuche, se notará aquí por sí solo.

%1</translation>
    </message>
</context>
<context>
    <name>RecentFiles</name>
    <message>
        <source>Add &amp;recent</source>
        <translation>Añadir &amp;reciente</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>&amp;Olvidar estos</translation>
    </message>
</context>
<context>
    <name>RemoveTracks</name>
    <message>
        <source>removing %1</source>
        <translation>quitar %1</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>estéreo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 canales</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>the stream is %1</source>
        <translation>la emisión es %1</translation>
    </message>
    <message>
        <source>its sound is inside another kind of file</source>
        <translation>su sonido está dentro de otro tipo de archivo</translation>
    </message>
    <message>
        <source>tracks fade into one another</source>
        <translation>las pistas se funden unas con otras</translation>
    </message>
    <message>
        <source>silence at its ends is cut</source>
        <translation>se recorta el silencio de sus extremos</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 en lugar de %2</translation>
    </message>
    <message>
        <source>%1 kbit/s, more than the %2 that are passed on</source>
        <translation>%1 kbit/s, más que los %2 que se dejan pasar</translation>
    </message>
    <message>
        <source>it is made as loud as the others</source>
        <translation>se iguala su volumen al de las demás</translation>
    </message>
    <message>
        <source>its frames need more than the stream tells players</source>
        <translation>sus tramas necesitan más de lo que la emisión indica a los reproductores</translation>
    </message>
    <message>
        <source>every file is encoded</source>
        <translation>todos los archivos se codifican</translation>
    </message>
    <message>
        <source>its format is not known yet</source>
        <translation>su formato aún no se conoce</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Falta</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>No se puede leer</translation>
    </message>
    <message>
        <source>Copy-protected</source>
        <translation>Protegido contra copia</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Sin sonido</translation>
    </message>
    <message>
        <source>Cannot play</source>
        <translation>No se puede reproducir</translation>
    </message>
    <message>
        <source>Very short</source>
        <translation>Muy corto</translation>
    </message>
    <message>
        <source>Silent end</source>
        <translation>Final en silencio</translation>
    </message>
    <message>
        <source>Far too loud</source>
        <translation>Demasiado fuerte</translation>
    </message>
    <message>
        <source>Far too quiet</source>
        <translation>Demasiado bajo</translation>
    </message>
    <message>
        <source>It lasts %1 s only: is it the whole track?</source>
        <translation>Solo dura %1 s: ¿es la pista entera?</translation>
    </message>
    <message>
        <source>It ends with %1 s of silence, which listeners take for a fault.</source>
        <translation>Termina con %1 s de silencio, que los oyentes toman por un fallo.</translation>
    </message>
    <message>
        <source>It is far too loud (%1 LUFS): it is probably distorted already.</source>
        <translation>Está demasiado alta (%1 LUFS): probablemente ya esté distorsionada.</translation>
    </message>
    <message>
        <source>It is far too quiet (%1 LUFS): raising it would raise its noise too.</source>
        <translation>Está demasiado baja (%1 LUFS): al subirla subiría también su ruido.</translation>
    </message>
    <message>
        <source>Cannot play: %1</source>
        <translation>No se puede reproducir: %1</translation>
    </message>
    <message>
        <source>Sent as it is, bit for bit</source>
        <translation>Se envía tal cual, bit a bit</translation>
    </message>
    <message>
        <source>Encoded anew: %1</source>
        <translation>Se codifica de nuevo: %1</translation>
    </message>
    <message>
        <source>its loudness is not known yet</source>
        <translation>su sonoridad aún no se conoce</translation>
    </message>
    <message>
        <source>Sent as it is, but for the gain in its frames</source>
        <translation>Se envía tal cual, salvo la ganancia en sus tramas</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>No responde</translation>
    </message>
</context>
<context>
    <name>SelfTestDialog</name>
    <message>
        <source>&amp;Copy result</source>
        <translation>&amp;Copiar resultado</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Autoprueba</translation>
    </message>
    <message>
        <source>How well does the station perform?</source>
        <translation>¿Qué tal rinde la emisora?</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Primer byte</translation>
    </message>
    <message>
        <source>Throughput of one listener</source>
        <translation>Caudal de un oyente</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Búfer</translation>
    </message>
    <message>
        <source>Progress of the test</source>
        <translation>Progreso de la prueba</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenida.</translation>
    </message>
    <message>
        <source>Copied. It holds figures only: no address, no pass phrase.</source>
        <translation>Copiado. Solo contiene cifras: ninguna dirección, ninguna contraseña.</translation>
    </message>
    <message>
        <source>The test listens to your own station for 30 seconds, as a player does, and measures.</source>
        <translation>La prueba escucha su propia emisora durante 30 segundos, como un reproductor, y mide.</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Midiendo…</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>&amp;Start the test</source>
        <translation>&amp;Empezar la prueba</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>&amp;Probar otra vez</translation>
    </message>
    <message>
        <source>Cycast Desktop %1, self-test of %2</source>
        <translation>Cycast Desktop %1, autoprueba de %2</translation>
    </message>
    <message>
        <source>%1 bytes/s of %2</source>
        <translation>%1 bytes/s de %2</translation>
    </message>
    <message>
        <source>%1 MB of %2 expected</source>
        <translation>%1 MB de %2 esperados</translation>
    </message>
    <message>
        <source>Listeners: %1, buffer size: %2 MB, bitrate: %3 kbit/s</source>
        <translation>Oyentes: %1, tamaño del búfer: %2 MB, tasa de bits: %3 kbit/s</translation>
    </message>
    <message>
        <source>Done. The verdicts are those of the tuning guide.</source>
        <translation>Hecho. Los veredictos son los de la guía de ajuste.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
    <message>
        <source>%1 of %2 allowed</source>
        <translation>%1 de %2 permitidas</translation>
    </message>
    <message>
        <source>Speed of the processor</source>
        <translation>Velocidad del procesador</translation>
    </message>
    <message>
        <source>Heat and power</source>
        <translation>Calor y energía</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>https</source>
        <translation>https</translation>
    </message>
    <message>
        <source>nice %1, processors %2</source>
        <translation>nice %1, procesadores %2</translation>
    </message>
</context>
<context>
    <name>SelfTestProbe</name>
    <message>
        <source>The station did not let the test listen: %1.</source>
        <translation>La emisora no dejó escuchar a la prueba: %1.</translation>
    </message>
    <message>
        <source>No audio came within %1 s.</source>
        <translation>No llegó audio en %1 s.</translation>
    </message>
    <message>
        <source>Go on air first: the test listens to your own station.</source>
        <translation>Salga antes al aire: la prueba escucha su propia emisora.</translation>
    </message>
    <message>
        <source>The station&apos;s answer cannot be understood.</source>
        <translation>No se entiende la respuesta de la emisora.</translation>
    </message>
    <message>
        <source>The station answered “%1”.</source>
        <translation>La emisora respondió «%1».</translation>
    </message>
    <message>
        <source>The station went off the air during the test.</source>
        <translation>La emisora salió de antena durante la prueba.</translation>
    </message>
</context>
<context>
    <name>SessionStore</name>
    <message>
        <source>The session cannot be saved in %1: %2.</source>
        <translation>No se puede guardar la sesión en %1: %2.</translation>
    </message>
    <message>
        <source>The session of last time cannot be read (%1). It was put aside as %2.</source>
        <translation>No se puede leer la sesión de la última vez (%1). Se apartó como %2.</translation>
    </message>
    <message>
        <source>The session of last time in %1 cannot be read: %2.</source>
        <translation>No se puede leer la sesión de la última vez en %1: %2.</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>In the settings file: %1</source>
        <translation>En el archivo de ajustes: %1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Nota: %1</translation>
    </message>
    <message>
        <source>Takes effect: %1.</source>
        <translation>Surte efecto: %1.</translation>
    </message>
    <message>
        <source>Unit: %1.</source>
        <translation>Unidad: %1.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Address to listen on</source>
        <translation>Dirección en la que escuchar</translation>
    </message>
    <message>
        <source>0.0.0.0 is every network of this computer, IPv4 and IPv6. 127.0.0.1 is this computer only.</source>
        <translation>0.0.0.0 es cada red de este ordenador, IPv4 e IPv6. 127.0.0.1 es solo este ordenador.</translation>
    </message>
    <message>
        <source>Port for live sources</source>
        <translation>Puerto para fuentes en directo</translation>
    </message>
    <message>
        <source>Where Mixxx, BUTT and other broadcasting programs connect.</source>
        <translation>Donde se conectan Mixxx, BUTT y otros programas de emisión.</translation>
    </message>
    <message>
        <source>Port for listeners</source>
        <translation>Puerto para oyentes</translation>
    </message>
    <message>
        <source>For players, the web page and the API. Listeners who are connected stay when it changes.</source>
        <translation>Para reproductores, la página web y la API. Los oyentes conectados se quedan cuando cambia.</translation>
    </message>
    <message>
        <source>Pass phrase for live sources</source>
        <translation>Contraseña para fuentes en directo</translation>
    </message>
    <message>
        <source>Whoever knows it can go live on this station. It is never shown in logs.</source>
        <translation>Quien la sepa puede emitir en directo en esta emisora. Nunca aparece en registros.</translation>
    </message>
    <message>
        <source>Path of the stream</source>
        <translation>Ruta del flujo</translation>
    </message>
    <message>
        <source>The end of the stream&apos;s address; it begins with a slash, as in /stream.</source>
        <translation>El final de la dirección del flujo; empieza con una barra, como en /stream.</translation>
    </message>
    <message>
        <source>Buffer size</source>
        <translation>Tamaño del búfer</translation>
    </message>
    <message>
        <source>Larger: listeners may pause longer and stalls of a live source are ridden out. Smaller: less memory, and above 20 MB less delay of live shows.</source>
        <translation>Más grande: los oyentes pueden pausar más y se aguantan los atascos de una fuente en directo. Más pequeño: menos memoria y, por encima de 20 MB, menos retardo en los directos.</translation>
    </message>
    <message>
        <source>Cushion for live sources</source>
        <translation>Colchón para fuentes en directo</translation>
    </message>
    <message>
        <source>How long live audio is held back to bridge stalls of the source. -1 is automatic: nothing up to 20 MB of buffer, and 20 ms more for each MB above.</source>
        <translation>Cuánto se retiene el audio en directo para salvar atascos de la fuente. -1 es automático: nada hasta 20 MB de búfer, y 20 ms más por cada MB por encima.</translation>
    </message>
    <message>
        <source>Music folder</source>
        <translation>Carpeta de música</translation>
    </message>
    <message>
        <source>Played when nobody is live. A relative path starts at the folder of this file.</source>
        <translation>Suena cuando nadie está en directo. Una ruta relativa parte de la carpeta de este archivo.</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Aleatorio</translation>
    </message>
    <message>
        <source>Plays the tracks in random order.</source>
        <translation>Reproduce las pistas en orden aleatorio.</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Repetir</translation>
    </message>
    <message>
        <source>Starts again after the last track. Off: silence follows it.</source>
        <translation>Empieza de nuevo tras la última pista. Apagado: sigue el silencio.</translation>
    </message>
    <message>
        <source>File name extensions</source>
        <translation>Extensiones de archivo</translation>
    </message>
    <message>
        <source>Which files of the music folder are tracks. Capital letters make no difference.</source>
        <translation>Qué archivos de la carpeta de música son pistas. Las mayúsculas no importan.</translation>
    </message>
    <message>
        <source>After a live show</source>
        <translation>Tras un directo</translation>
    </message>
    <message>
        <source>&quot;next&quot; goes on with the next track, &quot;resume&quot; with the one that was interrupted.</source>
        <translation>«next» sigue con la pista siguiente, «resume» con la que se interrumpió.</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>Tamaño de bloque</translation>
    </message>
    <message>
        <source>Larger: less CPU. Smaller: lower latency for live shows.</source>
        <translation>Más grande: menos CPU. Más pequeño: menos retardo en los directos.</translation>
    </message>
    <message>
        <source>Pause, buffer above 80 %</source>
        <translation>Pausa, búfer por encima del 80 %</translation>
    </message>
    <message>
        <source>Shortest pause between two rounds of sending. Shorter: smoother. Longer: less CPU.</source>
        <translation>La pausa más corta entre dos rondas de envío. Más corta: más suave. Más larga: menos CPU.</translation>
    </message>
    <message>
        <source>Pause, buffer 50 to 80 %</source>
        <translation>Pausa, búfer entre 50 y 80 %</translation>
    </message>
    <message>
        <source>The same while the buffer is more than half full.</source>
        <translation>Lo mismo mientras el búfer está más que medio lleno.</translation>
    </message>
    <message>
        <source>Pause, buffer below 50 %</source>
        <translation>Pausa, búfer por debajo del 50 %</translation>
    </message>
    <message>
        <source>The same while the buffer is less than half full, as it is in everyday use.</source>
        <translation>Lo mismo mientras el búfer está menos que medio lleno, como es lo habitual.</translation>
    </message>
    <message>
        <source>Burst on connect</source>
        <translation>Ráfaga al conectar</translation>
    </message>
    <message>
        <source>What a new listener gets at once, so that playing starts without a wait. -1 is automatic: four chunks.</source>
        <translation>Lo que un nuevo oyente recibe enseguida, para que suene sin espera. -1 es automático: cuatro bloques.</translation>
    </message>
    <message>
        <source>Station name</source>
        <translation>Nombre de la emisora</translation>
    </message>
    <message>
        <source>Shown by players and on the web page.</source>
        <translation>Lo muestran los reproductores y la página web.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>One line about the station.</source>
        <translation>Una línea sobre la emisora.</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>For example Jazz, or Talk.</source>
        <translation>Por ejemplo Jazz, o Tertulia.</translation>
    </message>
    <message>
        <source>Web site</source>
        <translation>Sitio web</translation>
    </message>
    <message>
        <source>An address that begins with http:// or https://, or nothing.</source>
        <translation>Una dirección que empieza con http:// o https://, o nada.</translation>
    </message>
    <message>
        <source>Send titles in the stream</source>
        <translation>Enviar títulos en el flujo</translation>
    </message>
    <message>
        <source>Players that ask for titles get them between the audio.</source>
        <translation>Los reproductores que piden títulos los reciben entre el audio.</translation>
    </message>
    <message>
        <source>Audio between two titles</source>
        <translation>Audio entre dos títulos</translation>
    </message>
    <message>
        <source>16000 is what players are used to.</source>
        <translation>16000 es a lo que están acostumbrados los reproductores.</translation>
    </message>
    <message>
        <source>Most listeners at once</source>
        <translation>Máximo de oyentes a la vez</translation>
    </message>
    <message>
        <source>0 is no limit. Nobody who listens already is thrown out.</source>
        <translation>0 es sin límite. No se echa a nadie que ya escuche.</translation>
    </message>
    <message>
        <source>Most listeners from one address</source>
        <translation>Máximo de oyentes de una dirección</translation>
    </message>
    <message>
        <source>0 is no limit. A household or an office behind one router counts as one address.</source>
        <translation>0 es sin límite. Un hogar o una oficina tras un router cuenta como una dirección.</translation>
    </message>
    <message>
        <source>Patience with a silent source</source>
        <translation>Paciencia con una fuente muda</translation>
    </message>
    <message>
        <source>A live source that sends nothing for so long is let go, and the playlist takes over.</source>
        <translation>Una fuente en directo que no envía nada durante tanto tiempo se suelta, y la lista toma el relevo.</translation>
    </message>
    <message>
        <source>Patience with a slow request</source>
        <translation>Paciencia con una petición lenta</translation>
    </message>
    <message>
        <source>Whoever connects has so long to say what is wanted.</source>
        <translation>Quien se conecta tiene este tiempo para decir qué quiere.</translation>
    </message>
    <message>
        <source>Log every detail</source>
        <translation>Registrar cada detalle</translation>
    </message>
    <message>
        <source>Every chunk read and sent, buffer fill and timing.</source>
        <translation>Cada bloque leído y enviado, el nivel del búfer y los tiempos.</translation>
    </message>
    <message>
        <source>Statistics for everybody</source>
        <translation>Estadísticas para todos</translation>
    </message>
    <message>
        <source>Off: /api/stats is refused to those who ask for it.</source>
        <translation>Apagado: se niega /api/stats a quien lo pida.</translation>
    </message>
    <message>
        <source>Flask debug mode</source>
        <translation>Modo de depuración de Flask</translation>
    </message>
    <message>
        <source>Kept for Cycast; without effect here.</source>
        <translation>Se conserva para Cycast; aquí no tiene efecto.</translation>
    </message>
    <message>
        <source>Flask secret key</source>
        <translation>Clave secreta de Flask</translation>
    </message>
    <message>
        <source>Alarm after silence of</source>
        <translation>Alarma tras silencio de</translation>
    </message>
    <message>
        <source>A built-in listener checks what people hear. Silence for longer rings the alarm; 0 is no alarm.</source>
        <translation>Un oyente interno comprueba lo que se oye. Un silencio más largo hace sonar la alarma; 0 es sin alarma.</translation>
    </message>
    <message>
        <source>Skip silent tracks</source>
        <translation>Saltar pistas mudas</translation>
    </message>
    <message>
        <source>With the alarm the playlist moves on to its next track by itself.</source>
        <translation>Con la alarma la lista pasa sola a su pista siguiente.</translation>
    </message>
    <message>
        <source>Further people who may go live</source>
        <translation>Otras personas que pueden emitir en directo</translation>
    </message>
    <message>
        <source>Each with a user name and a pass phrase of their own, as in anna:blue river stone. The user &quot;source&quot; stays.</source>
        <translation>Cada una con su usuario y su contraseña, como en ana:piedra rio azul. El usuario «source» se mantiene.</translation>
    </message>
    <message>
        <source>Pass phrase for the admin pages</source>
        <translation>Contraseña para las páginas de administración</translation>
    </message>
    <message>
        <source>For programs that ask as user &quot;admin&quot;, such as Icecast statistics. Empty: the admin pages are closed.</source>
        <translation>Para programas que preguntan como usuario «admin», como las estadísticas de Icecast. Vacío: las páginas de administración están cerradas.</translation>
    </message>
    <message>
        <source>Admin pages answer to</source>
        <translation>Las páginas de administración responden a</translation>
    </message>
    <message>
        <source>Web servers in front of this one</source>
        <translation>Servidores web delante de este</translation>
    </message>
    <message>
        <source>Certificate for https</source>
        <translation>Certificado para https</translation>
    </message>
    <message>
        <source>A PEM file with the certificate and those between it and its authority. Both ports then answer https as well; http goes on beside it. Empty: no https.</source>
        <translation>Un archivo PEM con el certificado y los que hay hasta su autoridad. Ambos puertos responden entonces también con https; http sigue al lado. Vacío: sin https.</translation>
    </message>
    <message>
        <source>Private key for https</source>
        <translation>Clave privada para https</translation>
    </message>
    <message>
        <source>A PEM file without a pass phrase. Empty: it is in the certificate&apos;s file.</source>
        <translation>Un archivo PEM sin contraseña. Vacío: está en el archivo del certificado.</translation>
    </message>
    <message>
        <source>Format of the stream</source>
        <translation>Formato del flujo</translation>
    </message>
    <message>
        <source>mp3 plays everywhere. aac and opus sound better at low bitrates. Another format is another stream: whoever listens is disconnected at that moment, and most players come back by themselves.</source>
        <translation>mp3 suena en todas partes. aac y opus suenan mejor con tasas bajas. Otro formato es otro flujo: quien escucha se desconecta en ese momento, y la mayoría de los reproductores vuelven solos.</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Tasa de bits</translation>
    </message>
    <message>
        <source>Of everything that is not passed on as it is. Nobody is disconnected.</source>
        <translation>De todo lo que no se pasa tal cual. Nadie se desconecta.</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Frecuencia de muestreo</translation>
    </message>
    <message>
        <source>44100 is that of CDs and of most MP3s; opus needs 48000. Nobody is disconnected, but some players stumble at the change.</source>
        <translation>44100 es la de los CD y de la mayoría de los MP3; opus necesita 48000. Nadie se desconecta, pero algunos reproductores tropiezan con el cambio.</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canales</translation>
    </message>
    <message>
        <source>1 is mono, for speech at low bitrates; 2 is stereo.</source>
        <translation>1 es mono, para voz con tasas bajas; 2 es estéreo.</translation>
    </message>
    <message>
        <source>Pass on as it is up to</source>
        <translation>Pasar tal cual hasta</translation>
    </message>
    <message>
        <source>A file in the stream&apos;s own format is sent bit for bit when its bitrate is no higher. 0 encodes every file.</source>
        <translation>Un archivo en el formato del flujo se envía bit a bit si su tasa no es mayor. 0 codifica todos los archivos.</translation>
    </message>
    <message>
        <source>Live sources in another format</source>
        <translation>Fuentes en directo en otro formato</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>Fundido cruzado</translation>
    </message>
    <message>
        <source>How long one track fades into the next. Above 0 every file is encoded.</source>
        <translation>Cuánto tarda una pista en fundirse con la siguiente. Por encima de 0 se codifican todos los archivos.</translation>
    </message>
    <message>
        <source>Cut silence at the ends of tracks</source>
        <translation>Cortar el silencio en los extremos de las pistas</translation>
    </message>
    <message>
        <source>When it is on every file is encoded.</source>
        <translation>Cuando está encendido se codifican todos los archivos.</translation>
    </message>
    <message>
        <source>Make all tracks equally loud</source>
        <translation>Igualar el volumen de todas las pistas</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Sonoridad</translation>
    </message>
    <message>
        <source>-16 suits streams. Closer to 0 is louder and squeezes the peaks.</source>
        <translation>-16 va bien para flujos. Más cerca de 0 es más fuerte y aplasta los picos.</translation>
    </message>
    <message>
        <source>Highest peak</source>
        <translation>Pico más alto</translation>
    </message>
    <message>
        <source>Levelling never lifts the true peak of a track above this, so that nothing is clipped.</source>
        <translation>La nivelación nunca sube el pico real de una pista por encima, para que nada se recorte.</translation>
    </message>
    <message>
        <source>Folder of jingles</source>
        <translation>Carpeta de sintonías</translation>
    </message>
    <message>
        <source>One of its files is played between two tracks, in turn. Empty: no jingles.</source>
        <translation>Uno de sus archivos suena entre dos pistas, por turno. Vacío: sin sintonías.</translation>
    </message>
    <message>
        <source>A jingle after so many songs</source>
        <translation>Una sintonía tras tantas canciones</translation>
    </message>
    <message>
        <source>0 does not count songs.</source>
        <translation>0 no cuenta canciones.</translation>
    </message>
    <message>
        <source>A jingle after so many minutes</source>
        <translation>Una sintonía tras tantos minutos</translation>
    </message>
    <message>
        <source>At the end of the track that is heard then; none is interrupted. 0 does not count minutes.</source>
        <translation>Al final de la pista que suene entonces; ninguna se interrumpe. 0 no cuenta minutos.</translation>
    </message>
    <message>
        <source>Record every broadcast</source>
        <translation>Grabar cada emisión</translation>
    </message>
    <message>
        <source>What listeners get, byte for byte, from going on the air to going off.</source>
        <translation>Lo que reciben los oyentes, byte a byte, desde que sale al aire hasta el final.</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Carpeta para grabaciones</translation>
    </message>
    <message>
        <source>Empty is the folder Cycast in your music folder.</source>
        <translation>Vacío es la carpeta Cycast en su carpeta de música.</translation>
    </message>
    <message>
        <source>A new file for each</source>
        <translation>Un archivo nuevo por cada</translation>
    </message>
    <message>
        <source>&quot;show&quot; begins a file when a live programme takes over and when it ends, &quot;track&quot; with every title.</source>
        <translation>«show» empieza un archivo cuando entra un directo y cuando termina, «track» con cada título.</translation>
    </message>
    <message>
        <source>CUE sheet</source>
        <translation>Hoja CUE</translation>
    </message>
    <message>
        <source>A small text file beside the recording that says which title begins where.</source>
        <translation>Un pequeño archivo de texto junto a la grabación que dice qué título empieza dónde.</translation>
    </message>
    <message>
        <source>Watch the music folders</source>
        <translation>Vigilar las carpetas de música</translation>
    </message>
    <message>
        <source>New files in a folder of the playlist join it by themselves, and files that are gone are greyed until they are back.</source>
        <translation>Los archivos nuevos de una carpeta de la lista se añaden solos, y los que faltan se ven grises hasta que vuelvan.</translation>
    </message>
    <message>
        <source>Strict ports</source>
        <translation>Puertos estrictos</translation>
    </message>
    <message>
        <source>Off: sources and listeners are served on either port. On: each on its own only; Shoutcast encoders then need the port before the one for live sources.</source>
        <translation>Apagado: fuentes y oyentes se atienden en ambos puertos. Encendido: cada uno solo en el suyo; los codificadores Shoutcast necesitan entonces el puerto anterior al de las fuentes en directo.</translation>
    </message>
    <message>
        <source>By their ReplayGain or R128 tags, or as measured (EBU R 128). Files are never changed; MP3 and AAC that are passed on as they are get another gain in their frames, without a loss.</source>
        <translation>Según sus etiquetas ReplayGain o R128, o lo medido (EBU R 128). Los archivos nunca se cambian; los MP3 y AAC que se pasan tal cual reciben otra ganancia en sus tramas, sin pérdida.</translation>
    </message>
    <message>
        <source>Who may ask for them at all. The pass phrase is needed everywhere.</source>
        <translation>Quién puede pedirlas siquiera. La contraseña hace falta en todas partes.</translation>
    </message>
    <message>
        <source>What is sent as it comes may be another kind of stream: then listeners have to connect anew.</source>
        <translation>Lo que se emite tal como llega puede ser otro tipo de flujo: entonces los oyentes tienen que conectarse de nuevo.</translation>
    </message>
    <message>
        <source>Most connections that do not listen</source>
        <translation>Máximo de conexiones que no escuchan</translation>
    </message>
    <message>
        <source>Requests, pages and programs that ask for figures. 0 is no limit. When it is reached, those who have been connected for longest have to go; nobody who listens.</source>
        <translation>Peticiones, páginas y programas que consultan cifras. 0 significa sin límite. Cuando se alcanza, se van quienes llevan más tiempo conectados; nadie que escuche.</translation>
    </message>
    <message>
        <source>The same from one address</source>
        <translation>Lo mismo desde una dirección</translation>
    </message>
    <message>
        <source>0 is no limit. Trusted proxies have none.</source>
        <translation>0 significa sin límite. Los proxys de confianza no tienen ninguno.</translation>
    </message>
    <message>
        <source>Second certificate for https</source>
        <translation>Segundo certificado para https</translation>
    </message>
    <message>
        <source>With a key of another kind: RSA for old players beside a short and quick one (ECDSA). Each player is shown the one it understands. Empty: there is one.</source>
        <translation>Con una clave de otro tipo: RSA para reproductores antiguos junto a una corta y rápida (ECDSA). A cada reproductor se le muestra el que entiende. Vacío: hay uno.</translation>
    </message>
    <message>
        <source>Private key of the second one</source>
        <translation>Clave privada del segundo</translation>
    </message>
    <message>
        <source>A PEM file without a pass phrase. Empty: it is in that certificate&apos;s file.</source>
        <translation>Un archivo PEM sin contraseña. Vacío: está en el archivo de ese certificado.</translation>
    </message>
    <message>
        <source>Gathering of live sound</source>
        <translation>Reunión del sonido en directo</translation>
    </message>
    <message>
        <source>How long live sound waits to be sent in one piece. -1 is automatic: by the chunk size, and up to a second where a very large crowd would take more than half of a processor.</source>
        <translation>Cuánto espera el sonido en directo para enviarse de una vez. -1 es automático: según el tamaño de bloque, y hasta un segundo donde un público muy grande ocuparía más de medio procesador.</translation>
    </message>
    <message>
        <source>Requests for pages from one address</source>
        <translation>Peticiones de páginas desde una dirección</translation>
    </message>
    <message>
        <source>In a second, on the average; further ones are told to come back later. 0 is no limit. The stream itself is not counted.</source>
        <translation>En un segundo, de media; a las demás se les pide volver más tarde. 0 es sin límite. El propio stream no cuenta.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>How far Cycast goes before other programs: 0 as all others, -10 well before them, -20 the most. The self-test says whether this computer permits it.</source>
        <translation>Cuánto va Cycast por delante de otros programas: 0 como todos, -10 bastante, -20 lo máximo. La autoprueba dice si este ordenador lo permite.</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Procesadores</translation>
    </message>
    <message>
        <source>Those that Cycast may use, counted from 0: &quot;2,3&quot; or &quot;0-1&quot;. Empty: all of them.</source>
        <translation>Los que Cycast puede usar, contados desde 0: «2,3» o «0-1». Vacío: todos.</translation>
    </message>
    <message>
        <source>Call when the address changes</source>
        <translation>Llamar cuando cambie la dirección</translation>
    </message>
    <message>
        <source>The update address of your dynamic name (DuckDNS, No-IP, deSEC and others); {ip} and {ip6} stand for the new addresses. It usually holds a secret and is never shown in logs.</source>
        <translation>La dirección de actualización de su nombre dinámico (DuckDNS, No-IP, deSEC y otros); {ip} y {ip6} representan las direcciones nuevas. Suele contener un secreto y nunca aparece en los registros.</translation>
    </message>
    <message>
        <source>List the station publicly</source>
        <translation>Incluir la emisora públicamente</translation>
    </message>
    <message>
        <source>In the directory below, while it is on the air and people outside can reach it.</source>
        <translation>En el directorio de abajo, mientras está en el aire y se llega a ella desde fuera.</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Directorio</translation>
    </message>
    <message>
        <source>One that understands the YP protocol, as Xiph&apos;s does.</source>
        <translation>Uno que entienda el protocolo YP, como el de Xiph.</translation>
    </message>
    <message>
        <source>radio-browser.info and others that ask</source>
        <translation>radio-browser.info y otros que preguntan</translation>
    </message>
    <message>
        <source>They read what the stream says of itself, every other day. The first entry is made by hand at radio-browser.info.</source>
        <translation>Leen cada dos días lo que la transmisión dice de sí misma. La primera entrada se hace a mano en radio-browser.info.</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logotipo</translation>
    </message>
    <message>
        <source>The address of a picture, which begins with http:// or https://.</source>
        <translation>La dirección de una imagen, que empieza por http:// o https://.</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Two letters, as in DE; with a part of the country as in DE-HH.</source>
        <translation>Dos letras, como DE; con una parte del país, como DE-HH.</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Idiomas</translation>
    </message>
    <message>
        <source>Two or three letters each, as in de or en.</source>
        <translation>Dos o tres letras cada uno, como de o en.</translation>
    </message>
    <message>
        <source>Place on the map</source>
        <translation>Lugar en el mapa</translation>
    </message>
    <message>
        <source>Latitude and longitude, as in 53.55,9.99. Everybody can read it: a town is enough.</source>
        <translation>Latitud y longitud, como 53.55,9.99. Cualquiera puede leerlo: basta una ciudad.</translation>
    </message>
    <message>
        <source>Get a certificate by itself</source>
        <translation>Obtener un certificado automáticamente</translation>
    </message>
    <message>
        <source>From the authority below, free of charge, and renew it in time. Port 80 or 443 of the public address has to lead here while that is done.</source>
        <translation>De la autoridad de abajo, gratis, y renovarlo a tiempo. El puerto 80 o 443 de la dirección pública tiene que llevar aquí mientras tanto.</translation>
    </message>
    <message>
        <source>For the name</source>
        <translation>Para el nombre</translation>
    </message>
    <message>
        <source>A host name that leads to this computer, as in radio.example.org, or its address in the internet. Empty: the host of the public address.</source>
        <translation>Un nombre de host que lleve a este equipo, como radio.example.org, o su dirección en internet. Vacío: el host de la dirección pública.</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Autoridad</translation>
    </message>
    <message>
        <source>The directory address of a certificate authority (ACME); Let’s Encrypt if you have no other.</source>
        <translation>La dirección de directorio de una autoridad de certificación (ACME); Let’s Encrypt si no tiene otra.</translation>
    </message>
    <message>
        <source>Tried first at</source>
        <translation>Se prueba primero en</translation>
    </message>
    <message>
        <source>The first certificate is asked for here, for nothing: who fails too often at the real authority is locked out. Empty: no rehearsal.</source>
        <translation>Aquí se pide el primer certificado como ensayo: quien falla demasiadas veces ante la autoridad real queda bloqueado. Vacío: sin ensayo.</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Dirección pública</translation>
    </message>
    <message>
        <source>Where people outside reach the station, as in https://radio.example.org or http://203.0.113.7:8001. Every link that is shown to them begins with it. Empty: what was found out.</source>
        <translation>Dónde se llega a la emisora desde fuera, como https://radio.example.org o http://203.0.113.7:8001. Con ella empieza todo enlace que se les muestra. Vacío: lo que se haya averiguado.</translation>
    </message>
    <message>
        <source>Their addresses, such as 127.0.0.1 for nginx on this computer, or a subnet. The listener&apos;s address is then the one that they report (X-Forwarded-For, or the PROXY protocol).</source>
        <translation>Sus direcciones, como 127.0.0.1 para nginx en este equipo, o una subred. La dirección del oyente es entonces la que comunican (X-Forwarded-For o el protocolo PROXY).</translation>
    </message>
    <message>
        <source>Let the router pass listeners on</source>
        <translation>El router deja pasar a los oyentes</translation>
    </message>
    <message>
        <source>While the station is on the air, one port of the router leads here (UPnP, NAT-PMP or PCP). It is given back when it goes off the air. Share says how it stands.</source>
        <translation>Mientras la emisora está en el aire, un puerto del router conduce aquí (UPnP, NAT-PMP o PCP). Se devuelve cuando deja de emitir. «Compartir» dice cómo va.</translation>
    </message>
</context>
<context>
    <name>SettingsApplier</name>
    <message>
        <source>settings</source>
        <translation>ajustes</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Buscar ajustes</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>With these settings</source>
        <translation>Con estos ajustes</translation>
    </message>
    <message>
        <source>&amp;Reset page</source>
        <translation>&amp;Restablecer página</translation>
    </message>
    <message>
        <source>Puts the defaults into this page. Nothing changes until they are applied.</source>
        <translation>Pone los valores predeterminados en esta página. Nada cambia hasta que se apliquen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Apply live</source>
        <translation>&amp;Aplicar en vivo</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>Takes over the settings file of a Cycast or an Icecast server.</source>
        <translation>Toma el archivo de ajustes de un servidor Cycast o Icecast.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>%1 (%2 to fix)</source>
        <translation>%1 (%2 por corregir)</translation>
    </message>
    <message>
        <source>latency ≈ %1 live  ·  %2 MB = %3 at %4 kbit/s  ·  CPU ≈ %5 % at 100 listeners</source>
        <translation>retardo ≈ %1 en directo  ·  %2 MB = %3 a %4 kbit/s  ·  CPU ≈ %5 % con 100 oyentes</translation>
    </message>
    <message>
        <source>This page shows the defaults. Apply them to make them count.</source>
        <translation>Esta página muestra los valores predeterminados. Aplíquelos para que cuenten.</translation>
    </message>
    <message>
        <source>This page holds the defaults already.</source>
        <translation>Esta página ya tiene los valores predeterminados.</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Importar ajustes</translation>
    </message>
    <message>
        <source>Settings of Cycast or Icecast (*.hcl *.xml)</source>
        <translation>Ajustes de Cycast o Icecast (*.hcl *.xml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>No se puede leer %1: %2.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>Read from a settings file of %1. Look at the pages, then apply.

Taken: %2.

Has nothing like it here: %3.

Not in that file, stays as it is: %4.</source>
        <translation>Leído de un archivo de ajustes de %1. Mire las páginas y luego aplique.

Tomado: %2.

Aquí no hay nada parecido: %3.

No está en ese archivo y queda como está: %4.</translation>
    </message>
    <message>
        <source>Nothing to apply: these settings are in force.</source>
        <translation>Nada que aplicar: estos ajustes están en vigor.</translation>
    </message>
    <message>
        <source>Applied live. Nobody is disconnected.</source>
        <translation>Aplicado en vivo. Nadie se desconecta.</translation>
    </message>
    <message>
        <source>Settings were changed elsewhere. What you have not edited shows them.</source>
        <translation>Los ajustes se cambiaron en otra parte. Lo que usted no ha editado los muestra.</translation>
    </message>
    <message>
        <source>Not applied. The fields to fix say what is wrong.</source>
        <translation>No aplicado. Los campos por corregir dicen qué falla.</translation>
    </message>
    <message>
        <source>Not applied. %1</source>
        <translation>No aplicado. %1</translation>
    </message>
    <message>
        <source>Applied live. Whoever listens has to connect to the new stream.</source>
        <translation>Aplicado al instante. Quien escucha tiene que conectarse a la nueva emisión.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>A este equipo</translation>
    </message>
    <message>
        <source>The local network</source>
        <translation>A la red local</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>A todos</translation>
    </message>
    <message>
        <source>Play the next track</source>
        <translation>Reproducir la siguiente pista</translation>
    </message>
    <message>
        <source>Resume the interrupted one</source>
        <translation>Reanudar la interrumpida</translation>
    </message>
    <message>
        <source>Convert to the station’s format</source>
        <translation>Convertir al formato de la emisora</translation>
    </message>
    <message>
        <source>Send it as it comes</source>
        <translation>Emitirlas tal como llegan</translation>
    </message>
    <message>
        <source>One for each show</source>
        <translation>Uno por programa</translation>
    </message>
    <message>
        <source>One for each title</source>
        <translation>Uno por título</translation>
    </message>
    <message>
        <source>Are told nothing</source>
        <translation>No se les dice nada</translation>
    </message>
    <message>
        <source>May list the station</source>
        <translation>Pueden incluir la emisora</translation>
    </message>
    <message>
        <source>Are asked to stay away</source>
        <translation>Se les pide que se mantengan al margen</translation>
    </message>
</context>
<context>
    <name>SettingsPages</name>
    <message>
        <source>No setting matches the search.</source>
        <translation>Ningún ajuste coincide con la búsqueda.</translation>
    </message>
</context>
<context>
    <name>ShareDialog</name>
    <message>
        <source>Works on this computer only: it has no network address at the moment. Connect it to your Wi-Fi or router to let others listen.</source>
        <translation>Solo funciona en este ordenador: ahora mismo no tiene dirección de red. Conéctelo a su wifi o router para que otros escuchen.</translation>
    </message>
    <message>
        <source>Works for everyone who can reach the name %1.</source>
        <translation>Funciona para todos los que alcancen el nombre %1.</translation>
    </message>
    <message>
        <source>This address belongs to a shared network of your provider or to a private tunnel: people in the same network can listen, the internet cannot.</source>
        <translation>Esta dirección pertenece a una red compartida de su proveedor o a un túnel privado: quienes estén en la misma red pueden escuchar, internet no.</translation>
    </message>
    <message>
        <source>Works for everyone in your home network (the same Wi-Fi or router). For people outside, forward the port on your router and give them your public address.</source>
        <translation>Funciona para todos en su red doméstica (el mismo wifi o router). Para gente de fuera, redirija el puerto en su router y deles su dirección pública.</translation>
    </message>
    <message>
        <source>This is a public address: people anywhere can listen, as long as no firewall closes the port.</source>
        <translation>Es una dirección pública: se puede escuchar desde cualquier sitio, mientras ningún cortafuegos cierre el puerto.</translation>
    </message>
    <message>
        <source>Share your station</source>
        <translation>Compartir su emisora</translation>
    </message>
    <message>
        <source>Point a phone&apos;s camera here to listen.</source>
        <translation>Apunte aquí la cámara de un teléfono para escuchar.</translation>
    </message>
    <message>
        <source>&amp;Web page with player</source>
        <translation>Página &amp;web con reproductor</translation>
    </message>
    <message>
        <source>&amp;Stream, for players and radios</source>
        <translation>&amp;Flujo, para reproductores y radios</translation>
    </message>
    <message>
        <source>&amp;Playlist file, for players</source>
        <translation>&amp;Lista, para reproductores</translation>
    </message>
    <message>
        <source>On &amp;this computer</source>
        <translation>En es&amp;te ordenador</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>Otra dirección</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copiar: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Use &amp;https…</source>
        <translation>Usar &amp;https…</translation>
    </message>
    <message>
        <source>The first addresses are for everybody, those below for your home network: many routers do not lead back to the public address.</source>
        <translation>Las primeras direcciones son para todos; las de abajo, para su red doméstica: muchos routers no llevan de vuelta a la dirección pública.</translation>
    </message>
    <message>
        <source>For everybody</source>
        <translation>Para todos</translation>
    </message>
    <message>
        <source>In your home network</source>
        <translation>En su red doméstica</translation>
    </message>
    <message>
        <source>W&amp;eb page at home</source>
        <translation>Página w&amp;eb en casa</translation>
    </message>
    <message>
        <source>St&amp;ream at home</source>
        <translation>T&amp;ransmisión en casa</translation>
    </message>
    <message>
        <source>Let people &amp;outside listen…</source>
        <translation>Dejar escuchar a gente de &amp;fuera…</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Acción</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>In the playlist</source>
        <translation>En la lista</translation>
    </message>
    <message>
        <source>Play from the selected track</source>
        <translation>Reproducir desde la pista elegida</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Leave the search</source>
        <translation>Dejar la búsqueda</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>StationStatusBar</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Retardo</translation>
    </message>
    <message>
        <source>Running time</source>
        <translation>Tiempo en marcha</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>Preajuste: %1</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Propio</translation>
    </message>
    <message>
        <source>The values of this preset are in force.</source>
        <translation>Los valores de este preajuste están en vigor.</translation>
    </message>
    <message>
        <source>The values in force are no preset&apos;s. The Presets menu has some to start from.</source>
        <translation>Los valores en vigor no son de ningún preajuste. El menú Preajustes tiene algunos para empezar.</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Memory of this application, with a buffer of %1 MB.</source>
        <translation>Memoria de esta aplicación, con un búfer de %1 MB.</translation>
    </message>
    <message>
        <source>latency ≈ %1</source>
        <translation>retardo ≈ %1</translation>
    </message>
    <message>
        <source>latency –</source>
        <translation>retardo –</translation>
    </message>
    <message>
        <source>Known once you are on the air.</source>
        <translation>Se sabe en cuanto esté en antena.</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>en marcha %1</translation>
    </message>
    <message>
        <source>off air</source>
        <translation>fuera de antena</translation>
    </message>
    <message>
        <source>How long this broadcast has been running.</source>
        <translation>Cuánto lleva en marcha esta emisión.</translation>
    </message>
    <message>
        <source>Nobody can listen now.</source>
        <translation>Nadie puede escuchar ahora.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Grabación</translation>
    </message>
    <message>
        <source>● recording %1 · %2</source>
        <translation>● grabando %1 · %2</translation>
    </message>
    <message>
        <source>What listeners get is being recorded.</source>
        <translation>Se graba lo que reciben los oyentes.</translation>
    </message>
    <message>
        <source>records on the air</source>
        <translation>graba en antena</translation>
    </message>
    <message>
        <source>The recording begins when you go on the air.</source>
        <translation>La grabación empieza al salir al aire.</translation>
    </message>
    <message>
        <source>recording stopped</source>
        <translation>grabación detenida</translation>
    </message>
</context>
<context>
    <name>SuspendInhibitor</name>
    <message>
        <source>The station is on the air</source>
        <translation>La emisora está en antena</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>&amp;Show the window</source>
        <translation>&amp;Mostrar la ventana</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Cycast Desktop</source>
        <translation>Cycast Desktop</translation>
    </message>
    <message>
        <source>Off the air</source>
        <translation>Fuera de antena</translation>
    </message>
    <message>
        <source>ON AIR, %1</source>
        <translation>EN ANTENA, %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more since)</source>
        <translation>
            <numerusform>%1 (y %n más desde entonces)</numerusform>
            <numerusform>%1 (y %n más desde entonces)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UserPresets</name>
    <message>
        <source>Byte %1: %2.</source>
        <translation>Byte %1: %2.</translation>
    </message>
    <message>
        <source>This is no file of presets.</source>
        <translation>Esto no es un archivo de preajustes.</translation>
    </message>
    <message>
        <source>A preset has no name.</source>
        <translation>Un preajuste no tiene nombre.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>No se pudo escribir %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>No se puede leer %1: %2.</translation>
    </message>
</context>
<context>
    <name>UserPresetsDialog</name>
    <message>
        <source>&amp;Rename</source>
        <translation>Cambia&amp;r nombre</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>Your presets</source>
        <translation>Sus preajustes</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Exportar preajustes</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Importar preajustes</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Preajustes (*.json)</translation>
    </message>
    <message>
        <source>Saved in %1.</source>
        <translation>Guardado en %1.</translation>
    </message>
    <message>
        <source>Taken over.</source>
        <translation>Tomados.</translation>
    </message>
</context>
<context>
    <name>WindowDialogs</name>
    <message>
        <source>About Cycast Desktop</source>
        <translation>Acerca de Cycast Desktop</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Cycast Desktop %1&lt;/h3&gt;&lt;p&gt;Your own internet radio station, on your own computer.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. Built with Qt %2.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Cycast Desktop %1&lt;/h3&gt;&lt;p&gt;Su propia emisora de radio por internet, en su propio ordenador.&lt;/p&gt;&lt;p&gt;Software libre bajo la Licencia Pública General de GNU, versión 3 o posterior. Hecho con Qt %2.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>cycast</name>
    <message>
        <source>Another program</source>
        <translation>Otro programa</translation>
    </message>
    <message>
        <source>In Mixxx: Options, Preferences, Live Broadcasting. Then switch on Options, Enable Live Broadcasting.</source>
        <translation>En Mixxx: Opciones, Preferencias, Emisión en directo. Luego active Opciones, Habilitar emisión en directo.</translation>
    </message>
    <message>
        <source>In BUTT: Settings, Main, Server, Add. Then press the play button.</source>
        <translation>En BUTT: Settings, Main, Server, Add. Luego pulse el botón de reproducir.</translation>
    </message>
    <message>
        <source>VLC sends from the command line. Put your file in place of music.mp3.</source>
        <translation>VLC envía desde la línea de órdenes. Ponga su archivo en lugar de music.mp3.</translation>
    </message>
    <message>
        <source>In OBS: Settings, Output, Advanced, Recording, type Custom Output (FFmpeg). Then press Start Recording.</source>
        <translation>En OBS: Ajustes, Salida, Avanzado, Grabación, tipo Salida personalizada (FFmpeg). Luego pulse Iniciar grabación.</translation>
    </message>
    <message>
        <source>In a terminal. Put your file or input in place of music.flac.</source>
        <translation>En un terminal. Ponga su archivo o entrada en lugar de music.flac.</translation>
    </message>
    <message>
        <source>Any program that can broadcast to an Icecast 2 server. It asks for some of these.</source>
        <translation>Cualquier programa que pueda emitir a un servidor Icecast 2. Pide algunos de estos.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Punto de montaje</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Puerto</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Tasa de bits</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Icecast mountpoint</source>
        <translation>Punto de montaje Icecast</translation>
    </message>
    <message>
        <source>Icecast user</source>
        <translation>Usuario Icecast</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>File path or URL</source>
        <translation>Ruta de archivo o URL</translation>
    </message>
    <message>
        <source>Container format</source>
        <translation>Formato contenedor</translation>
    </message>
    <message>
        <source>Muxer settings</source>
        <translation>Ajustes del multiplexor</translation>
    </message>
    <message>
        <source>Audio bitrate</source>
        <translation>Tasa de bits de audio</translation>
    </message>
    <message>
        <source>Audio encoder</source>
        <translation>Codificador de audio</translation>
    </message>
    <message>
        <source>Server type</source>
        <translation>Tipo de servidor</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Address in one</source>
        <translation>Dirección en una</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Silencio</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>EN DIRECTO</translation>
    </message>
    <message>
        <source>LIVE · from %1</source>
        <translation>EN DIRECTO · desde %1</translation>
    </message>
    <message>
        <source>LIVE · %1</source>
        <translation>EN DIRECTO · %1</translation>
    </message>
    <message>
        <source>LIVE · %1 from %2</source>
        <translation>EN DIRECTO · %1 desde %2</translation>
    </message>
</context>
<context>
    <name>cycast::bans</name>
    <message>
        <source>“%1” is no address. Write 192.0.2.7, or 192.0.2.0/24 for a subnet.</source>
        <translation>«%1» no es una dirección. Escriba 192.0.2.7, o 192.0.2.0/24 para una subred.</translation>
    </message>
    <message>
        <source>player %1</source>
        <translation>reproductor %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>hasta %1</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>para siempre</translation>
    </message>
</context>
<context>
    <name>cycast::humanize</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 kB/s</source>
        <translation>%1 kB/s</translation>
    </message>
    <message>
        <source>%1 MB/s</source>
        <translation>%1 MB/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>1 track</source>
        <translation>1 pista</translation>
    </message>
    <message>
        <source>%1 tracks</source>
        <translation>%1 pistas</translation>
    </message>
    <message>
        <source>1 listener</source>
        <translation>1 oyente</translation>
    </message>
    <message>
        <source>%1 listeners</source>
        <translation>%1 oyentes</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::NumberEditor</name>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>%1: automatic</source>
        <translation>%1: automático</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::SwitchEditor</name>
    <message>
        <source>On</source>
        <translation>Encendido</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Apagado</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::TextEditor</name>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>Choose a folder for: %1</source>
        <translation>Elegir una carpeta para: %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Mostrar: %1</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copiar: %1</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Make up a new one: %1</source>
        <translation>Inventar una nueva: %1</translation>
    </message>
</context>
<context>
    <name>cycast::settingtexts</name>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Emisora</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Búfer</translation>
    </message>
    <message>
        <source>Broadcaster</source>
        <translation>Emisión</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Codificador</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Oyentes</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarma</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Avanzado</translation>
    </message>
    <message>
        <source>no effect</source>
        <translation>sin efecto</translation>
    </message>
    <message>
        <source>Kept in the file for Cycast; this application does not use it.</source>
        <translation>Se conserva en el archivo para Cycast; esta aplicación no lo usa.</translation>
    </message>
    <message>
        <source>new listeners</source>
        <translation>nuevos oyentes</translation>
    </message>
    <message>
        <source>Felt by whoever begins to listen from now on.</source>
        <translation>Lo nota quien empiece a escuchar desde ahora.</translation>
    </message>
    <message>
        <source>new connections</source>
        <translation>nuevas conexiones</translation>
    </message>
    <message>
        <source>Felt by every connection made from now on.</source>
        <translation>Lo nota cada conexión desde ahora.</translation>
    </message>
    <message>
        <source>next source</source>
        <translation>próxima fuente</translation>
    </message>
    <message>
        <source>Asked for when the next live source connects.</source>
        <translation>Se pide cuando se conecte la próxima fuente en directo.</translation>
    </message>
    <message>
        <source>moves a port</source>
        <translation>mueve un puerto</translation>
    </message>
    <message>
        <source>The new port opens at once; whoever listens on the old one stays until he leaves.</source>
        <translation>El puerto nuevo se abre enseguida; quien escucha por el antiguo se queda hasta que se vaya.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>Felt at once. Nobody is disconnected.</source>
        <translation>Se nota enseguida. Nadie se desconecta.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>automatic (%1)</source>
        <translation>automático (%1)</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Encendido</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Apagado</translation>
    </message>
    <message>
        <source>changes the stream</source>
        <translation>cambia el flujo</translation>
    </message>
    <message>
        <source>On the air at once. With another kind of stream whoever listens is disconnected and has to connect anew; most players do so by themselves.</source>
        <translation>En antena enseguida. Con otra clase de flujo, quien escucha se desconecta y debe reconectarse; la mayoría de los reproductores lo hacen solos.</translation>
    </message>
    <message>
        <source>Jingles</source>
        <translation>Sintonías</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Grabación</translation>
    </message>
    <message>
        <source>From outside</source>
        <translation>Desde fuera</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Directorios</translation>
    </message>
</context>
</TS>
