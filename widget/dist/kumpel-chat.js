/*! Kumpel Krefeld: EUPL-1.2. Contains Lit, Copyright Google LLC: BSD-3-Clause. */
const ue=globalThis,Le=ue.ShadowRoot&&(ue.ShadyCSS===void 0||ue.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Ue=Symbol(),Xe=new WeakMap;let xt=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==Ue)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o;const t=this.t;if(Le&&e===void 0){const s=t!==void 0&&t.length===1;s&&(e=Xe.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&Xe.set(t,e))}return e}toString(){return this.cssText}};const Qt=i=>new xt(typeof i=="string"?i:i+"",void 0,Ue),T=(i,...e)=>{const t=i.length===1?i[0]:e.reduce((s,n,r)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+i[r+1],i[0]);return new xt(t,i,Ue)},ei=(i,e)=>{if(Le)i.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const t of e){const s=document.createElement("style"),n=ue.litNonce;n!==void 0&&s.setAttribute("nonce",n),s.textContent=t.cssText,i.appendChild(s)}},Je=Le?i=>i:i=>i instanceof CSSStyleSheet?(e=>{let t="";for(const s of e.cssRules)t+=s.cssText;return Qt(t)})(i):i;const{is:ti,defineProperty:ii,getOwnPropertyDescriptor:si,getOwnPropertyNames:ni,getOwnPropertySymbols:ri,getPrototypeOf:oi}=Object,ve=globalThis,Qe=ve.trustedTypes,ai=Qe?Qe.emptyScript:"",ci=ve.reactiveElementPolyfillSupport,ne=(i,e)=>i,fe={toAttribute(i,e){switch(e){case Boolean:i=i?ai:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,e){let t=i;switch(e){case Boolean:t=i!==null;break;case Number:t=i===null?null:Number(i);break;case Object:case Array:try{t=JSON.parse(i)}catch{t=null}}return t}},ze=(i,e)=>!ti(i,e),et={attribute:!0,type:String,converter:fe,reflect:!1,useDefault:!1,hasChanged:ze};Symbol.metadata??=Symbol("metadata"),ve.litPropertyMetadata??=new WeakMap;let G=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=et){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){const s=Symbol(),n=this.getPropertyDescriptor(e,s,t);n!==void 0&&ii(this.prototype,e,n)}}static getPropertyDescriptor(e,t,s){const{get:n,set:r}=si(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:n,set(o){const a=n?.call(this);r?.call(this,o),this.requestUpdate(e,a,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??et}static _$Ei(){if(this.hasOwnProperty(ne("elementProperties")))return;const e=oi(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ne("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ne("properties"))){const t=this.properties,s=[...ni(t),...ri(t)];for(const n of s)this.createProperty(n,t[n])}const e=this[Symbol.metadata];if(e!==null){const t=litPropertyMetadata.get(e);if(t!==void 0)for(const[s,n]of t)this.elementProperties.set(s,n)}this._$Eh=new Map;for(const[t,s]of this.elementProperties){const n=this._$Eu(t,s);n!==void 0&&this._$Eh.set(n,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const t=[];if(Array.isArray(e)){const s=new Set(e.flat(1/0).reverse());for(const n of s)t.unshift(Je(n))}else e!==void 0&&t.push(Je(e));return t}static _$Eu(e,t){const s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,t=this.constructor.elementProperties;for(const s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ei(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){const s=this.constructor.elementProperties.get(e),n=this.constructor._$Eu(e,s);if(n!==void 0&&s.reflect===!0){const r=(s.converter?.toAttribute!==void 0?s.converter:fe).toAttribute(t,s.type);this._$Em=e,r==null?this.removeAttribute(n):this.setAttribute(n,r),this._$Em=null}}_$AK(e,t){const s=this.constructor,n=s._$Eh.get(e);if(n!==void 0&&this._$Em!==n){const r=s.getPropertyOptions(n),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:fe;this._$Em=n;const a=o.fromAttribute(t,r.type);this[n]=a??this._$Ej?.get(n)??a,this._$Em=null}}requestUpdate(e,t,s,n=!1,r){if(e!==void 0){const o=this.constructor;if(n===!1&&(r=this[e]),s??=o.getPropertyOptions(e),!((s.hasChanged??ze)(r,t)||s.useDefault&&s.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:n,wrapped:r},o){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),n===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[n,r]of this._$Ep)this[n]=r;this._$Ep=void 0}const s=this.constructor.elementProperties;if(s.size>0)for(const[n,r]of s){const{wrapped:o}=r,a=this[n];o!==!0||this._$AL.has(n)||a===void 0||this.C(n,void 0,r,a)}}let e=!1;const t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};G.elementStyles=[],G.shadowRootOptions={mode:"open"},G[ne("elementProperties")]=new Map,G[ne("finalized")]=new Map,ci?.({ReactiveElement:G}),(ve.reactiveElementVersions??=[]).push("2.1.2");const He=globalThis,tt=i=>i,me=He.trustedTypes,it=me?me.createPolicy("lit-html",{createHTML:i=>i}):void 0,_t="$lit$",N=`lit$${Math.random().toFixed(9).slice(2)}$`,St="?"+N,hi=`<${St}>`,L=document,oe=()=>L.createComment(""),ae=i=>i===null||typeof i!="object"&&typeof i!="function",Fe=Array.isArray,li=i=>Fe(i)||typeof i?.[Symbol.iterator]=="function",_e=`[ 	
\f\r]`,ie=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,st=/-->/g,nt=/>/g,D=RegExp(`>|${_e}(?:([^\\s"'>=/]+)(${_e}*=${_e}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),rt=/'/g,ot=/"/g,At=/^(?:script|style|textarea|title)$/i,Et=i=>(e,...t)=>({_$litType$:i,strings:e,values:t}),d=Et(1),_=Et(2),U=Symbol.for("lit-noChange"),p=Symbol.for("lit-nothing"),at=new WeakMap,P=L.createTreeWalker(L,129);function Tt(i,e){if(!Fe(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return it!==void 0?it.createHTML(e):e}const di=(i,e)=>{const t=i.length-1,s=[];let n,r=e===2?"<svg>":e===3?"<math>":"",o=ie;for(let a=0;a<t;a++){const c=i[a];let h,u,l=-1,f=0;for(;f<c.length&&(o.lastIndex=f,u=o.exec(c),u!==null);)f=o.lastIndex,o===ie?u[1]==="!--"?o=st:u[1]!==void 0?o=nt:u[2]!==void 0?(At.test(u[2])&&(n=RegExp("</"+u[2],"g")),o=D):u[3]!==void 0&&(o=D):o===D?u[0]===">"?(o=n??ie,l=-1):u[1]===void 0?l=-2:(l=o.lastIndex-u[2].length,h=u[1],o=u[3]===void 0?D:u[3]==='"'?ot:rt):o===ot||o===rt?o=D:o===st||o===nt?o=ie:(o=D,n=void 0);const m=o===D&&i[a+1].startsWith("/>")?" ":"";r+=o===ie?c+hi:l>=0?(s.push(h),c.slice(0,l)+_t+c.slice(l)+N+m):c+N+(l===-2?a:m)}return[Tt(i,r+(i[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]};class ce{constructor({strings:e,_$litType$:t},s){let n;this.parts=[];let r=0,o=0;const a=e.length-1,c=this.parts,[h,u]=di(e,t);if(this.el=ce.createElement(h,s),P.currentNode=this.el.content,t===2||t===3){const l=this.el.content.firstChild;l.replaceWith(...l.childNodes)}for(;(n=P.nextNode())!==null&&c.length<a;){if(n.nodeType===1){if(n.hasAttributes())for(const l of n.getAttributeNames())if(l.endsWith(_t)){const f=u[o++],m=n.getAttribute(l).split(N),b=/([.?@])?(.*)/.exec(f);c.push({type:1,index:r,name:b[2],strings:m,ctor:b[1]==="."?pi:b[1]==="?"?fi:b[1]==="@"?mi:we}),n.removeAttribute(l)}else l.startsWith(N)&&(c.push({type:6,index:r}),n.removeAttribute(l));if(At.test(n.tagName)){const l=n.textContent.split(N),f=l.length-1;if(f>0){n.textContent=me?me.emptyScript:"";for(let m=0;m<f;m++)n.append(l[m],oe()),P.nextNode(),c.push({type:2,index:++r});n.append(l[f],oe())}}}else if(n.nodeType===8)if(n.data===St)c.push({type:2,index:r});else{let l=-1;for(;(l=n.data.indexOf(N,l+1))!==-1;)c.push({type:7,index:r}),l+=N.length-1}r++}}static createElement(e,t){const s=L.createElement("template");return s.innerHTML=e,s}}function X(i,e,t=i,s){if(e===U)return e;let n=s!==void 0?t._$Co?.[s]:t._$Cl;const r=ae(e)?void 0:e._$litDirective$;return n?.constructor!==r&&(n?._$AO?.(!1),r===void 0?n=void 0:(n=new r(i),n._$AT(i,t,s)),s!==void 0?(t._$Co??=[])[s]=n:t._$Cl=n),n!==void 0&&(e=X(i,n._$AS(i,e.values),n,s)),e}class ui{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:t},parts:s}=this._$AD,n=(e?.creationScope??L).importNode(t,!0);P.currentNode=n;let r=P.nextNode(),o=0,a=0,c=s[0];for(;c!==void 0;){if(o===c.index){let h;c.type===2?h=new J(r,r.nextSibling,this,e):c.type===1?h=new c.ctor(r,c.name,c.strings,this,e):c.type===6&&(h=new gi(r,this,e)),this._$AV.push(h),c=s[++a]}o!==c?.index&&(r=P.nextNode(),o++)}return P.currentNode=L,n}p(e){let t=0;for(const s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}}class J{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,n){this.type=2,this._$AH=p,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=X(this,e,t),ae(e)?e===p||e==null||e===""?(this._$AH!==p&&this._$AR(),this._$AH=p):e!==this._$AH&&e!==U&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):li(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==p&&ae(this._$AH)?this._$AA.nextSibling.data=e:this.T(L.createTextNode(e)),this._$AH=e}$(e){const{values:t,_$litType$:s}=e,n=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=ce.createElement(Tt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===n)this._$AH.p(t);else{const r=new ui(n,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=at.get(e.strings);return t===void 0&&at.set(e.strings,t=new ce(e)),t}k(e){Fe(this._$AH)||(this._$AH=[],this._$AR());const t=this._$AH;let s,n=0;for(const r of e)n===t.length?t.push(s=new J(this.O(oe()),this.O(oe()),this,this.options)):s=t[n],s._$AI(r),n++;n<t.length&&(this._$AR(s&&s._$AB.nextSibling,n),t.length=n)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){const s=tt(e).nextSibling;tt(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class we{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,n,r){this.type=1,this._$AH=p,this._$AN=void 0,this.element=e,this.name=t,this._$AM=n,this.options=r,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=p}_$AI(e,t=this,s,n){const r=this.strings;let o=!1;if(r===void 0)e=X(this,e,t,0),o=!ae(e)||e!==this._$AH&&e!==U,o&&(this._$AH=e);else{const a=e;let c,h;for(e=r[0],c=0;c<r.length-1;c++)h=X(this,a[s+c],t,c),h===U&&(h=this._$AH[c]),o||=!ae(h)||h!==this._$AH[c],h===p?e=p:e!==p&&(e+=(h??"")+r[c+1]),this._$AH[c]=h}o&&!n&&this.j(e)}j(e){e===p?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}class pi extends we{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===p?void 0:e}}class fi extends we{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==p)}}class mi extends we{constructor(e,t,s,n,r){super(e,t,s,n,r),this.type=5}_$AI(e,t=this){if((e=X(this,e,t,0)??p)===U)return;const s=this._$AH,n=e===p&&s!==p||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,r=e!==p&&(s===p||n);n&&this.element.removeEventListener(this.name,this,s),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}}class gi{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){X(this,e)}}const bi={I:J},vi=He.litHtmlPolyfillSupport;vi?.(ce,J),(He.litHtmlVersions??=[]).push("3.3.3");const wi=(i,e,t)=>{const s=t?.renderBefore??e;let n=s._$litPart$;if(n===void 0){const r=t?.renderBefore??null;s._$litPart$=n=new J(e.insertBefore(oe(),r),r,void 0,t??{})}return n._$AI(i),n};const Be=globalThis;let Z=class extends G{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=wi(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return U}};Z._$litElement$=!0,Z.finalized=!0,Be.litElementHydrateSupport?.({LitElement:Z});const yi=Be.litElementPolyfillSupport;yi?.({LitElement:Z});(Be.litElementVersions??=[]).push("4.2.2");const $i={attribute:!0,type:String,converter:fe,reflect:!1,hasChanged:ze},ki=(i=$i,e,t)=>{const{kind:s,metadata:n}=t;let r=globalThis.litPropertyMetadata.get(n);if(r===void 0&&globalThis.litPropertyMetadata.set(n,r=new Map),s==="setter"&&((i=Object.create(i)).wrapped=!0),r.set(t.name,i),s==="accessor"){const{name:o}=t;return{set(a){const c=e.get.call(this);e.set.call(this,a),this.requestUpdate(o,c,i,!0,a)},init(a){return a!==void 0&&this.C(o,void 0,i,a),a}}}if(s==="setter"){const{name:o}=t;return function(a){const c=this[o];e.call(this,a),this.requestUpdate(o,c,i,!0,a)}}throw Error("Unsupported decorator location: "+s)};function g(i){return(e,t)=>typeof t=="object"?ki(i,e,t):((s,n,r)=>{const o=n.hasOwnProperty(r);return n.constructor.createProperty(r,s),o?Object.getOwnPropertyDescriptor(n,r):void 0})(i,e,t)}function E(i){return g({...i,state:!0,attribute:!1})}const xi=(i,e,t)=>(t.configurable=!0,t.enumerable=!0,Reflect.decorate&&typeof e!="object"&&Object.defineProperty(i,e,t),t);function he(i,e){return(t,s,n)=>{const r=o=>o.renderRoot?.querySelector(i)??null;return xi(t,s,{get(){return r(this)}})}}const Ct={tag:"de",core:{assistant:"Kumpel",choices:i=>i===1?"1 Auswahlmöglichkeit":`${i} Auswahlmöglichkeiten`,image:"Bild",empty:"Bitte schreiben Sie Ihre Frage in das Feld.",tooLong:i=>`Ihre Nachricht ist zu lang. Bitte kürzen Sie auf ${i.toLocaleString("de")} Zeichen.`,tooMany:"Das waren sehr viele Nachrichten in kurzer Zeit. Ihre Nachricht wird gleich von selbst gesendet.",offline:"Keine Verbindung. Ich versuche es weiter. Ihre Nachrichten gehen nicht verloren.",online:"Die Verbindung ist wieder da.",expired:"Das vorige Gespräch war abgelaufen. Ein neues hat begonnen. Was Sie geschrieben haben, bleibt hier stehen.",ended:"Das Gespräch ist beendet und gelöscht.",failed:"Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0."},heading:"Kumpel Krefeld",launcher:"Fragen Sie Kumpel",launcherUnread:i=>i===1?"1 neue Antwort":`${i} neue Antworten`,close:"Chat schließen",skipToField:"Zum Eingabefeld",transcript:"Ihr Gespräch mit Kumpel",transcriptKeys:"Mit den Pfeiltasten gehen Sie von Nachricht zu Nachricht.",greeting:"Guten Tag, ich bin Kumpel, ein Programm der Stadt Krefeld. Fragen Sie mich, was Sie für Ihr Anliegen brauchen, was es kostet und wann geöffnet ist.",privacy:"Bitte schreiben Sie keine persönlichen Daten wie Namen oder Kontonummern.",emergency:"Im Notfall rufen Sie 112, die Polizei 110.",starters:"Zum Beispiel",startersAnywhere:["Ich bin umgezogen","Personalausweis beantragen","Termin vereinbaren"],startersOnService:["Was muss ich mitbringen?","Was kostet das?","Wann ist geöffnet?"],toNewest:"Zur neuesten Nachricht",you:"Sie",kumpel:"Kumpel",says:(i,e)=>`${i}: ${e}`,atTime:i=>`${i} Uhr`,sending:"Wird gesendet",notSent:"Nicht gesendet.",sendAgain:"Erneut senden",opensInNewWindow:"öffnet ein neues Fenster",fieldLabel:"Ihre Nachricht",fieldHint:"Eingabetaste sendet, Umschalt und Eingabetaste beginnt eine neue Zeile.",send:"Senden",charactersLeft:i=>i===1?"Noch 1 Zeichen":`Noch ${i} Zeichen`,queued:"Wird nach der Antwort gesendet",dictate:"Diktieren",stopDictating:"Diktat beenden",dictating:"Bitte sprechen Sie. Die Sprache wird nur auf Ihrem Gerät erkannt.",dictationFailed:"Das Diktat hat nicht geklappt. Bitte schreiben Sie Ihre Frage.",typing:"Kumpel schreibt …",progress:["Ich sehe in den Daten der Stadt nach.","Das dauert etwas länger. Ich arbeite noch daran.","Ich bin noch dabei. Sie können auch anrufen: 02151 86-0."],choose:"Bitte wählen Sie",chosen:"gewählt",chosenIs:i=>`Sie haben gewählt: ${i}`,openNow:"Jetzt geöffnet",closedNow:"Jetzt geschlossen",hoursOf:i=>`Öffnungszeiten: ${i}`,day:"Tag",times:"Uhrzeit",today:"heute",closedAllDay:"geschlossen",source:"Quelle",sources:"Quellen",asOf:i=>`Stand ${i}`,retrieved:i=>`abgerufen ${i}`,slots:"Freie Termine",slotsOn:i=>`Freie Termine am ${i}`,slotAt:i=>`${i} Uhr`,allAt:i=>`Alle Termine: ${i}`,booked:"Ihr Termin ist gebucht",bookingNumber:"Terminnummer",when:"Wann",where:"Wo",saveDate:"Termin in den Kalender",manage:"Termin ändern oder absagen",map:"Karte",openMap:"Karte öffnen",aboutThisAnswer:"Zu dieser Antwort",helpful:"Hilfreich",notHelpful:"Nicht hilfreich",thanksForRating:"Danke für Ihre Bewertung.",ratingTakenBack:"Ihre Bewertung ist zurückgenommen.",commentLabel:"Was sollen wir besser machen? (freiwillig)",commentHint:"Bitte keine persönlichen Daten.",sendComment:"Rückmeldung senden",noComment:"Ohne Kommentar",reportError:"Fehler melden",reportLabel:"Was stimmt an dieser Antwort nicht?",reportHint:"Ihre Meldung geht an die Redaktion der Stadt. Bitte keine persönlichen Daten.",sendReport:"Meldung senden",emptyReport:"Bitte schreiben Sie, was nicht stimmt.",thanksForComment:"Danke. Ihre Rückmeldung ist angekommen.",feedbackFailed:"Ihre Rückmeldung kam nicht an. Bitte versuchen Sie es noch einmal.",cancel:"Abbrechen",copyAnswer:"Antwort kopieren",copied:"Kopiert.",copyFailed:"Das Kopieren hat nicht geklappt. Bitte markieren Sie den Text von Hand.",readAloud:"Vorlesen",stopReading:"Vorlesen beenden",menu:"Menü",language:"Sprache",languages:{de:"Deutsch",en:"English",easy:"Leichte Sprache"},languageIsNow:"Die Sprache ist jetzt Deutsch.",readAnswersAloud:"Antworten vorlesen",print:"Gespräch drucken",save:"Als Text speichern",saved:"Das Gespräch ist gespeichert.",fileName:"Gespraech-mit-Kumpel.txt",copyConversation:"Gespräch kopieren",end:"Gespräch beenden und löschen",endQuestion:"Soll das ganze Gespräch gelöscht werden? Das lässt sich nicht rückgängig machen.",endYes:"Ja, löschen",endNo:"Nein, weiter",starting:"Der Chat wird geöffnet …",limitedUntil:i=>i>90?`Bitte warten Sie noch ${Math.ceil(i/60)} Minuten.`:`Bitte warten Sie noch ${i} ${i===1?"Sekunde":"Sekunden"}.`,limitOver:"Sie können jetzt wieder schreiben.",newConversation:"Neues Gespräch",dismiss:"Hinweis schließen"},It={tag:"de",core:{assistant:"Kumpel",choices:i=>i===1?"Sie können 1 Sache wählen":`Sie können aus ${i} Sachen wählen`,image:"Bild",empty:"Das Feld ist leer. Schreiben Sie Ihre Frage in das Feld.",tooLong:i=>`Ihre Frage ist zu lang. Sie darf ${i} Zeichen haben.`,tooMany:"Das waren viele Nachrichten. Bitte warten Sie. Dann geht es weiter.",offline:"Das Internet ist weg. Bitte warten Sie. Ihre Nachrichten bleiben da.",online:"Das Internet ist wieder da.",expired:"Ihr altes Gespräch ist vorbei. Ein neues Gespräch fängt an. Ihre Nachrichten bleiben hier stehen.",ended:"Das Gespräch ist vorbei. Alles ist gelöscht.",failed:"Das hat nicht geklappt. Versuchen Sie es noch einmal. Oder rufen Sie an: 02151 86-0."},heading:"Kumpel Krefeld",launcher:"Fragen Sie Kumpel",launcherUnread:i=>i===1?"1 neue Antwort":`${i} neue Antworten`,close:"Chat zumachen",skipToField:"Zum Feld für Ihre Frage",transcript:"Ihr Gespräch mit Kumpel",transcriptKeys:"Die Pfeil-Tasten bringen Sie zur nächsten Nachricht.",greeting:"Guten Tag. Ich bin Kumpel. Ich bin ein Computer-Programm. Ich gehöre zur Stadt Krefeld. Fragen Sie mich etwas zum Rathaus. Zum Beispiel: Was brauche ich für einen Ausweis?",privacy:"Schreiben Sie hier nicht Ihren Namen. Schreiben Sie hier keine Konto-Nummer.",emergency:"Sind Sie in Not? Rufen Sie an: 112. Das ist die Feuer-Wehr. Die Polizei ist: 110.",starters:"Sie können zum Beispiel fragen",startersAnywhere:["Ich bin umgezogen","Ich brauche einen Ausweis","Ich möchte einen Termin"],startersOnService:["Was muss ich mitbringen?","Was kostet das?","Wann ist offen?"],toNewest:"Zur neuen Nachricht",you:"Sie",kumpel:"Kumpel",says:(i,e)=>`${i}: ${e}`,atTime:i=>`${i} Uhr`,sending:"Ich schicke das ab",notSent:"Das hat nicht geklappt.",sendAgain:"Noch einmal schicken",opensInNewWindow:"ein neues Fenster geht auf",fieldLabel:"Ihre Frage",fieldHint:"Drücken Sie die Eingabe-Taste. Dann schicken Sie die Frage ab.",send:"Abschicken",charactersLeft:i=>`Sie haben noch ${i} Zeichen`,queued:"Erst kommt die Antwort. Dann schicke ich das ab",dictate:"Sprechen statt schreiben",stopDictating:"Fertig gesprochen",dictating:"Sprechen Sie jetzt. Nur Ihr Gerät hört zu.",dictationFailed:"Das hat nicht geklappt. Schreiben Sie Ihre Frage bitte.",typing:"Kumpel schreibt …",progress:["Ich suche die Antwort.","Das dauert etwas. Bitte warten Sie.","Ich suche noch. Sie können auch anrufen. Die Nummer ist: 02151 86-0."],choose:"Wählen Sie aus",chosen:"gewählt",chosenIs:i=>`Sie haben das gewählt: ${i}`,openNow:"Jetzt ist offen",closedNow:"Jetzt ist zu",hoursOf:i=>`Dann ist offen: ${i}`,day:"Tag",times:"Uhrzeit",today:"heute",closedAllDay:"zu",source:"Das steht hier",sources:"Das steht hier",asOf:i=>`vom ${i}`,retrieved:i=>`gelesen am ${i}`,slots:"Freie Termine",slotsOn:i=>`Freie Termine am ${i}`,slotAt:i=>`${i} Uhr`,allAt:i=>`Alle Termine sind hier: ${i}`,booked:"Sie haben jetzt einen Termin",bookingNumber:"Nummer vom Termin",when:"Wann",where:"Wo",saveDate:"Termin in den Kalender",manage:"Termin ändern oder absagen",map:"Karte",openMap:"Karte aufmachen",aboutThisAnswer:"Zu dieser Antwort",helpful:"Das hilft mir",notHelpful:"Das hilft mir nicht",thanksForRating:"Danke für Ihre Meinung.",ratingTakenBack:"Ihre Meinung ist gelöscht.",commentLabel:"Was sollen wir besser machen? Sie müssen nichts schreiben.",commentHint:"Schreiben Sie hier nicht Ihren Namen.",sendComment:"Meinung abschicken",noComment:"Nichts schreiben",reportError:"Fehler melden",reportLabel:"Was ist an der Antwort falsch?",reportHint:"Die Stadt Krefeld liest das. Schreiben Sie hier nicht Ihren Namen.",sendReport:"Fehler abschicken",emptyReport:"Das Feld ist leer. Schreiben Sie, was falsch ist.",thanksForComment:"Danke. Wir haben Ihre Nachricht.",feedbackFailed:"Das hat nicht geklappt. Versuchen Sie es noch einmal.",cancel:"Nicht machen",copyAnswer:"Antwort kopieren",copied:"Kopiert.",copyFailed:"Das Kopieren hat nicht geklappt.",readAloud:"Vorlesen",stopReading:"Nicht mehr vorlesen",menu:"Menü",language:"Sprache",languages:{de:"Deutsch",en:"English",easy:"Leichte Sprache"},languageIsNow:"Ich schreibe jetzt in Leichter Sprache.",readAnswersAloud:"Antworten vorlesen",print:"Gespräch drucken",save:"Gespräch speichern",saved:"Das Gespräch ist gespeichert.",fileName:"Gespraech-mit-Kumpel.txt",copyConversation:"Gespräch kopieren",end:"Gespräch beenden und löschen",endQuestion:"Wollen Sie alles löschen? Dann ist das Gespräch weg.",endYes:"Ja, alles löschen",endNo:"Nein, nicht löschen",starting:"Der Chat geht auf …",limitedUntil:i=>i>90?`Bitte warten Sie noch ${Math.ceil(i/60)} Minuten.`:`Bitte warten Sie noch ${i} ${i===1?"Sekunde":"Sekunden"}.`,limitOver:"Sie können jetzt wieder schreiben.",newConversation:"Neues Gespräch",dismiss:"Hinweis zumachen"},Nt={tag:"en",core:{assistant:"Kumpel",choices:i=>i===1?"1 choice":`${i} choices`,image:"Image",empty:"Please write your question into the field.",tooLong:i=>`Your message is too long. Please shorten it to ${i.toLocaleString("en")} characters.`,tooMany:"Those were very many messages in a short time. Your message will be sent by itself shortly.",offline:"No connection. I keep trying. Your messages are not lost.",online:"The connection is back.",expired:"The previous conversation had expired. A new one has begun. What you have written stays here.",ended:"The conversation is ended and deleted.",failed:"That did not work. Please try again or call 02151 86-0."},heading:"Kumpel Krefeld",launcher:"Ask Kumpel",launcherUnread:i=>i===1?"1 new answer":`${i} new answers`,close:"Close chat",skipToField:"Go to the input field",transcript:"Your conversation with Kumpel",transcriptKeys:"Use the arrow keys to go from message to message.",greeting:"Hello, I am Kumpel, a program of the City of Krefeld. Ask me what you need for your matter, what it costs and when an office is open.",privacy:"Please do not write personal data such as names or account numbers.",emergency:"In an emergency call 112, the police 110.",starters:"For example",startersAnywhere:["I have moved","Apply for an identity card","Make an appointment"],startersOnService:["What do I have to bring?","What does it cost?","When are you open?"],toNewest:"Go to the newest message",you:"You",kumpel:"Kumpel",says:(i,e)=>`${i}: ${e}`,atTime:i=>i,sending:"Sending",notSent:"Not sent.",sendAgain:"Send again",opensInNewWindow:"opens a new window",fieldLabel:"Your message",fieldHint:"Enter sends, Shift and Enter begins a new line.",send:"Send",charactersLeft:i=>i===1?"1 character left":`${i} characters left`,queued:"Will be sent after the answer",dictate:"Dictate",stopDictating:"Stop dictating",dictating:"Please speak. Your speech is recognised on your device only.",dictationFailed:"Dictation did not work. Please write your question.",typing:"Kumpel is writing …",progress:["I am looking it up in the city's data.","This takes a little longer. I am still working on it.","I am still on it. You can also call 02151 86-0."],choose:"Please choose",chosen:"chosen",chosenIs:i=>`You chose: ${i}`,openNow:"Open now",closedNow:"Closed now",hoursOf:i=>`Opening hours: ${i}`,day:"Day",times:"Time",today:"today",closedAllDay:"closed",source:"Source",sources:"Sources",asOf:i=>`as of ${i}`,retrieved:i=>`retrieved ${i}`,slots:"Free appointments",slotsOn:i=>`Free appointments on ${i}`,slotAt:i=>i,allAt:i=>`All appointments: ${i}`,booked:"Your appointment is booked",bookingNumber:"Appointment number",when:"When",where:"Where",saveDate:"Add to calendar",manage:"Change or cancel the appointment",map:"Map",openMap:"Open the map",aboutThisAnswer:"About this answer",helpful:"Helpful",notHelpful:"Not helpful",thanksForRating:"Thank you for your rating.",ratingTakenBack:"Your rating is taken back.",commentLabel:"What should we do better? (optional)",commentHint:"Please no personal data.",sendComment:"Send feedback",noComment:"No comment",reportError:"Report an error",reportLabel:"What is wrong in this answer?",reportHint:"Your report goes to the city's editors. Please no personal data.",sendReport:"Send report",emptyReport:"Please write what is wrong.",thanksForComment:"Thank you. Your feedback has arrived.",feedbackFailed:"Your feedback did not arrive. Please try again.",cancel:"Cancel",copyAnswer:"Copy answer",copied:"Copied.",copyFailed:"Copying did not work. Please select the text by hand.",readAloud:"Read aloud",stopReading:"Stop reading aloud",menu:"Menu",language:"Language",languages:{de:"Deutsch",en:"English",easy:"Leichte Sprache"},languageIsNow:"The language is now English.",readAnswersAloud:"Read answers aloud",print:"Print conversation",save:"Save as text",saved:"The conversation is saved.",fileName:"conversation-with-Kumpel.txt",copyConversation:"Copy conversation",end:"End and delete conversation",endQuestion:"Delete the whole conversation? This cannot be undone.",endYes:"Yes, delete",endNo:"No, go on",starting:"Opening the chat …",limitedUntil:i=>i>90?`Please wait another ${Math.ceil(i/60)} minutes.`:`Please wait another ${i} ${i===1?"second":"seconds"}.`,limitOver:"You can write again now.",newConversation:"New conversation",dismiss:"Close this note"},Me={de:Ct,en:Nt,easy:It};function _i(i,e){return i==="en"?Nt:e==="easy"?It:Ct}function Si(i){const e=(i??"").toLowerCase();return e==="easy"||e.startsWith("de-simple")?"easy":e==="en"||e.startsWith("en-")?"en":"de"}function S(i){return d`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${i}
  </svg>`}const y={chat:S(_`<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9h8M8 12h5"/>`),close:S(_`<path d="M6 6l12 12M18 6L6 18"/>`),menu:S(_`<path d="M4 7h16M4 12h16M4 17h16"/>`),send:S(_`<path d="M4 12l16-8-5 16-3.5-6.5z"/><path d="M11.5 13.5L20 4"/>`),microphone:S(_`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>`),stop:S(_`<rect x="6" y="6" width="12" height="12" rx="1"/>`),up:S(_`<path d="M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.7 3H19c1.2 0 1.8 1 1.5 2l-1.8 6.5c-.3 1-1 1.5-2 1.5H7"/>`),down:S(_`<path d="M7 13V4H4v9zM7 13l4 7c2 0 2.5-1.5 2-3l-.7-3H19c1.2 0 1.8-1 1.5-2l-1.8-6.5c-.3-1-1-1.5-2-1.5H7"/>`),copy:S(_`<rect x="9" y="9" width="11" height="11" rx="1.5"/><path d="M5 15H4V4h11v1"/>`),speaker:S(_`<path d="M4 9v6h4l5 4V5L8 9z"/><path d="M16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>`),flag:S(_`<path d="M5 21V4h12l-2 4 2 4H5"/>`),print:S(_`<path d="M7 9V3h10v6M7 17H4V9h16v8h-3"/><path d="M7 14h10v7H7z"/>`),save:S(_`<path d="M12 3v12M7 10l5 5 5-5M4 20h16"/>`),bin:S(_`<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14"/>`),calendar:S(_`<rect x="4" y="5" width="16" height="16" rx="1.5"/><path d="M4 10h16M8 3v4M16 3v4"/>`),tick:S(_`<path d="M4 13l5 5L20 6"/>`),arrowDown:S(_`<path d="M12 4v16M5 13l7 7 7-7"/>`)};function Ai(i,e,t,s){return d`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-haspopup="dialog"
    aria-expanded=${e?"true":"false"}
    ?hidden=${e}
    @click=${s}
  >
    ${y.chat}<span class="launcher-text">${i.launcher}</span>
    ${t?d`<span class="unread">${i.launcherUnread(t)}</span>`:p}
  </button>`}const Ei=new Set(["offline","too_many","ended"]);function Ti(i,e,t,s){if(!i||i.kind==="empty"||i.kind==="too_long")return p;const n=i.until?Math.ceil((i.until-t)/1e3):0;return d`<div class="notice ${i.kind}" part="notice">
    <p>
      ${i.text}
      ${n>0?d`<span class="until">${e.limitedUntil(n)}</span>`:p}
    </p>
    ${Ei.has(i.kind)?p:d`<button
            type="button"
            class="quiet-button"
            aria-label=${e.dismiss}
            title=${e.dismiss}
            @click=${s}
          >
            ${y.close}
          </button>`}
  </div>`}const Ci=4.5;function Mt(i,e){const t=i.trim().toLowerCase(),s=Ni(t)??Mi(t);if(s||!e)return s;const n=e(t);return n===void 0?void 0:Mt(n)}function Ii(i,e){const t=[ct(i),ct(e)];return(Math.max(...t)+.05)/(Math.min(...t)+.05)}function ct(i){const[e,t,s]=i.map(n=>{const r=n/255;return r<=.04045?r/12.92:((r+.055)/1.055)**2.4});return .2126*e+.7152*t+.0722*s}function Ni(i){const e=/^#([\da-f]{3,8})$/.exec(i)?.[1];if(!e)return;const t=e.length<=4,n=(e.match(t?/./g:/../g)??[]).map(h=>parseInt(t?h+h:h,16)),[r,o,a,c=255]=n;if(!(e.length===5||e.length===7||c!==255))return[r,o,a]}function Mi(i){const s=(/^rgba?\(([^()]*)\)$/.exec(i)?.[1]?.split(/[\s,/]+/).filter(Boolean)??[]).map((h,u)=>{const[,l,f]=/^([+-]?(?:\d+\.?\d*|\.\d+))(%?)$/.exec(h)??[];if(l===void 0)return NaN;const m=u===3?1:255,b=f?Number(l)/100*m:Number(l);return Math.min(m,Math.max(0,b))}),[n=NaN,r=NaN,o=NaN,a=1]=s;return s.length<=4&&a===1&&!Number.isNaN(n+r+o)?[n,r,o]:void 0}function Oi(i,e){if(!i)return;const t=Mt(i,n=>Di(n,e)),s=t?Ii(t,[255,255,255]):0;if(s>=Ci)return i;console.warn(t?`kumpel-chat: accent "${i}" reaches a contrast of ${s.toFixed(1)} to white text, 4.5 is needed (WCAG 1.4.3). The default colour is used.`:`kumpel-chat: accent "${i}" is no opaque colour. The default colour is used.`)}function Di(i,e){if(e.style.color="",e.style.color=i,!e.style.color)return;const t=getComputedStyle(e).color;return e.style.color="",t}const Ot=/[\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u,Ri=new RegExp(`(?:(?!${Ot.source})[^\\n])+`,"gu"),Pi=/[\u202a-\u202e\u2066-\u2069]/g,Li=/(?![\n\t])[\p{Cc}\ufeff\ufff9-\ufffb]/gu;function qe(i){return Ot.test(i)}function Ui(i){return i.replace(/\r\n?|[\u0085\u2028\u2029]/g,`
`).replace(Pi,"").replace(Li,"")}function zi(i){if(!qe(i))return[{text:i,isIsolated:!1}];const e=[];let t=0;for(const s of i.matchAll(Ri)){const n=/[+(]?[\p{L}\p{N}](?:.*[\p{L}\p{N}%\u20ac)])?/su.exec(s[0]);if(!n)continue;const r=s.index+n.index;r>t&&e.push({text:i.slice(t,r),isIsolated:!1}),e.push({text:n[0],isIsolated:!0}),t=r+n[0].length}return t<i.length&&e.push({text:i.slice(t),isIsolated:!1}),e}const Hi=2e3;function ye(i,e){const t=i.trim();if(t.length>Hi)return;if(/^tel:\+?[\d\s()/.-]{3,30}$/i.test(t))return pe(t.slice(4));if(/^mailto:[^\s@<>"'?]{1,64}@[^\s@<>"'?]{1,255}(\?[\w=&%.+-]*)?$/i.test(t))return t;if(!(!(/^\/(?![/\\])/.test(t)&&e!==void 0)&&!/^https?:\/\//i.test(t)))try{const n=new URL(t,e);return!n.username&&!n.password&&/^https?:$/.test(n.protocol)?n.href:void 0}catch{return}}const ht="(?:[ \\u00a0]?[/\\u2013-][ \\u00a0]?|[ \\u00a0])",Fi=new RegExp(["(?<web>(?:https?://|www\\.)[^\\s<>\"'`\\u00ab\\u00bb\\u201c-\\u201e]+)","(?<mail>[\\w.%+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,6})",`(?<phone>(?:\\+\\d{2,3}${ht}?(?:\\(0\\)[ \\u00a0]?)?\\d{1,5}|\\(0[1-9]\\d{1,4}\\)|0(?:[1-9]\\d{1,4})?)(?:${ht}\\d{1,8}){1,6}|0(?:1[567]\\d|800|180|2151)\\d{4,9}|\\+49\\d{6,13})`,"(?<word>\\b(?:Notruf|Tel(?:efon)?|(?:Behörden|Ruf|Telefon)?nummer|number|phone|call|dial|unter|wählen|rufen|anrufen)\\b\\.?(?: Sie)?(?: die)?:? )(?<short>11[0-9]|116[ \\u00a0]?11[67])"].join("|"),"gi"),Bi=/^(?:11[0-9]|116[ \u00a0]?11[67])$/,qi=/^(?:[.,:]?\d|[ \u00a0]?(?:[\u20ac%]|euro|eur\b|meter|stunde|minute|tag|jahr|person|k?m\b))/i;function Ki(i){const e=[];let t=0;if(Bi.test(i))return[{text:i,href:pe(i)}];const s=(n,r,o)=>{o&&(n>t&&e.push({text:i.slice(t,n)}),e.push({text:i.slice(n,r),href:o}),t=r)};for(const n of i.matchAll(Fi)){const{web:r,mail:o,phone:a,word:c,short:h}=n.groups??{},u=n.index,l=u+n[0].length;if(r){const f=Gi(r),m=/^www/i.test(f)?`https://${f}`:f;s(u,u+f.length,ye(m))}else o?/[\w@]/.test(i[u-1]??" ")||s(u,l,`mailto:${o}`):a?ji(a,i.slice(Math.max(0,u-2),u),i.slice(l,l+2))&&s(u,l,pe(a)):c&&h&&!qi.test(i.slice(l,l+12))&&s(u+c.length,l,pe(h))}return t<i.length&&e.push({text:i.slice(t)}),e}function ji(i,e,t){if(/[\w.,/+-]$|\d[ \u00a0]$/.test(e)||/^(?:[.,:/-]\d|[\w\u20ac%])/.test(t)||/^ [\u20ac%]/.test(t))return!1;const s=i.replace(/\D/g,"").length;return s>=(/^0\D/.test(i)?7:6)&&s<=15}function pe(i){return`tel:${i.replace("(0)","").replace(/[^\d+]/g,"").replace(/^00?(?=[1-9]\d{4})/,t=>t==="00"?"+":"+49")}`}function Gi(i){let e=i.length,t=i.split("(").length-i.split(")").length;for(;e>0;e--){const s=i.charAt(e-1);if(s===")"&&t<0)t++;else if(!/[.,;:!?*\]]/.test(s))break}return i.slice(0,e)}function Ke(i){const e=[];let t=[],s=[];const n=qe(i),r=c=>Wi(c,n),o=()=>{const c=t.join(`
`).trim();c&&e.push({kind:"paragraph",children:r(c)}),t=[]},a=()=>{s.length>0&&e.push({kind:"list",items:s}),s=[]};for(const c of Ui(i).split(`
`)){const h=/^\s{0,3}[-•]\s+(\S.*)$/.exec(c)?.[1];h!==void 0?(o(),s.push(r(h.trimEnd()))):(a(),c.trim()?t.push(c.trim()):o())}return o(),a(),e}function Dt(i){return i.map(e=>e.kind==="list"?e.items.map(t=>`- ${Oe(t)}`).join(`
`):Oe(e.children)).join(`

`)}function Oe(i){return i.map(e=>e.kind==="break"?`
`:"text"in e?e.text:Oe(e.children)).join("")}const j=/https?:\/\/[^\s<>"[\]]+|\*\*|\*|\[|\]\(|\]|\n/g,Se=/([^\s()<>[\]]*(?:\([^\s()<>[\]]*\)[^\s()<>[\]]*)*)\)/y;function Wi(i,e){const t={kind:"root",opener:"",children:[]},s=[],n=()=>s.at(-1)??t,r=()=>s.pop()??t,o=l=>{De(n().children,l)},a=l=>s.some(f=>f.kind===l),c=()=>{const l=r();o(l.opener);for(const f of l.children)f.kind==="text"?o(f.text):n().children.push(f)},h=l=>{for(;n().kind!==l;)c()};let u=0;j.lastIndex=0;for(let l=j.exec(i);l;l=j.exec(i)){const f=l[0],m=i.charAt(l.index-1),b=i.charAt(j.lastIndex);if(o(i.slice(u,l.index)),u=j.lastIndex,f===`
`)n().children.push({kind:"break"});else if(f==="[")a("link")&&(h("link"),c()),s.push({kind:"link",opener:f,children:[]});else if(f==="]("&&a("link")){Se.lastIndex=u;const $=Se.exec(i),I=$&&ye($[1]??"");if(h("link"),$&&I){const{children:K}=r();n().children.push({kind:"link",href:I,children:K}),u=j.lastIndex=Se.lastIndex}else c(),o(f)}else if(f==="**"||f==="*"){const $=f==="*"?"emphasis":"strong",I=f==="*"&&/[\p{L}\p{N}]/u.test(m),K=f==="*"&&/[\p{L}\p{N}]/u.test(b);if(a($)&&/\S/.test(m)&&!K){h($);const{children:Ze}=r();Ze.length>0?n().children.push({kind:$,children:Ze}):o(f+f)}else!a($)&&/\S/.test(b)&&!I?s.push({kind:$,opener:f,children:[]}):o(f)}else o(f)}return o(i.slice(u)),h("root"),Rt(t.children,e,!1)}function De(i,e){if(!e)return;const t=i[i.length-1];t?.kind==="text"?i[i.length-1]={kind:"text",text:t.text+e}:i.push({kind:"text",text:e})}function Rt(i,e,t){return i.flatMap(s=>{if(s.kind==="text")return(t?[{text:s.text}]:Ki(s.text)).flatMap(o=>{const a=Vi(o.text,e),c="href"in o?o.href:void 0;return c===void 0?a:[{kind:"link",href:c,children:a}]});if(!("children"in s))return[s];const n=t||s.kind==="link";return[{...s,children:Rt(s.children,e,n)}]})}function Vi(i,e){return e?qe(i)?zi(i).map(({text:t,isIsolated:s})=>({kind:s?"isolate":"text",text:t})):/[\p{L}\p{N}]/u.test(i)?Yi(i):[{kind:"text",text:i}]:[{kind:"text",text:i}]}function Yi(i){const e=i.trim(),t=i.indexOf(e),s=[];return De(s,i.slice(0,t)),s.push({kind:"isolate",text:e}),De(s,i.slice(t+e.length)),s}const je="Europe/Berlin",Zi=/^\d{4}-\d{2}-\d{2}/;function Pt(i){const e=new Date(i);return Number.isNaN(e.getTime())?"":new Intl.DateTimeFormat("sv-SE",{timeZone:je}).format(e)}function Lt(i){const e=new Date(i);return Number.isNaN(e.getTime())?"":new Intl.DateTimeFormat("de",{hour:"2-digit",minute:"2-digit",timeZone:je}).format(e)}function Re(i,e){if(!Zi.test(i))return i;const t=new Date(i.length===10?`${i}T12:00:00Z`:i);return Number.isNaN(t.getTime())?i:new Intl.DateTimeFormat(e==="en"?"en-GB":"de",{dateStyle:"medium",timeZone:je}).format(t)}function Ut(i){return Dt(Ke(i.text))}function Xi(i,e,t){const[s]=i,n=s?Re(Pt(s.time),e.tag):"",r=i.map(o=>{const a=o.speaker==="citizen"?e.you:e.kumpel,c=Lt(o.time),h=(o.buttons??[]).map(l=>o.chosenTitle===l.title?`- ${l.title} (${e.chosen})`:`- ${l.title}`);return[...[`${a}${c?` (${e.atTime(c)})`:""}:`,Ut(o)],...h].join(`
`)});return[[t,n].filter(Boolean).join(", "),...r].join(`

`)+`
`}async function Ji(i){try{return await navigator.clipboard.writeText(i),!0}catch{return Qi(i)}}function Qi(i){const e=ge(),t=document.createElement("textarea");t.value=i,t.setAttribute("aria-hidden","true"),t.style.position="fixed",t.style.opacity="0",document.body.append(t),t.select();try{return document.execCommand("copy")}catch{return!1}finally{t.parentNode?.removeChild(t),e?.focus()}}function ge(){let i=document.activeElement;for(;i?.shadowRoot?.activeElement;)i=i.shadowRoot.activeElement;return i instanceof HTMLElement?i:void 0}function es(i,e){const t=new Blob([i],{type:"text/plain;charset=utf-8"}),s=URL.createObjectURL(t),n=document.createElement("a");n.href=s,n.download=e,n.click(),setTimeout(()=>{URL.revokeObjectURL(s)},1e4)}const re="data-kumpel-printed",ts=`@media print {
  body *:not(:has([${re}])):not([${re}]) { display: none !important; }
  *:has([${re}]) {
    display: block !important; position: static !important; overflow: visible !important;
    height: auto !important; max-height: none !important; transform: none !important;
    margin: 0 !important; padding: 0 !important; border: 0 !important;
  }
}`;function is(i){const e=new CSSStyleSheet;e.replaceSync(ts),i.setAttribute(re,""),document.adoptedStyleSheets=[...document.adoptedStyleSheets,e],window.addEventListener("afterprint",()=>{i.removeAttribute(re),document.adoptedStyleSheets=document.adoptedStyleSheets.filter(t=>t!==e)},{once:!0}),window.print()}function zt(i){if(!("speechSynthesis"in window))return;const e=window.speechSynthesis.getVoices().filter(t=>t.localService&&t.lang.toLowerCase().startsWith(i));return e.find(t=>t.default)??e[0]}function ss(i){if(!("speechSynthesis"in window))return()=>{};const{speechSynthesis:e}=window;return e.addEventListener("voiceschanged",i),()=>{e.removeEventListener("voiceschanged",i)}}function lt(i,e,t=()=>{},s=!1){const n=zt(e);if(!n)return!1;const r=new SpeechSynthesisUtterance(i);return r.voice=n,r.lang=n.lang,r.addEventListener("end",t),r.addEventListener("error",t),s&&window.speechSynthesis.cancel(),window.speechSynthesis.speak(r),!0}function de(){"speechSynthesis"in window&&window.speechSynthesis.cancel()}const ns=import.meta.url;function rs(i){const e=new URL(ns),t=e.pathname.replace(/\/chat\/[^/]*$/,""),s=e.origin+(t===e.pathname?"":t);return(i||s).replace(/\/+$/,"")}function os(i){let e=i.parentElement??dt(i);for(;e;){const t=e.closest("[lang]");if(t)return t.getAttribute("lang")??"";e=dt(e)}return""}function dt(i){const e=i.getRootNode();return e instanceof ShadowRoot?e.host:null}function Ae(i){const e=new Map;let t;try{t=window.sessionStorage}catch{t=void 0}const s=(n,r)=>{if(!t)return r();try{return n(t)}catch{return r()}};return{getItem:n=>e.get(n)??s(r=>r.getItem(i+n),()=>null),setItem:(n,r)=>{s(o=>{o.setItem(i+n,r)},()=>void e.set(n,r))},removeItem:n=>{e.delete(n),s(r=>{r.removeItem(i+n)},()=>{})}}}const as="(max-width: 40em), (max-height: 30em)",cs='a[href], button, input, textarea, select, [tabindex]:not([tabindex="-1"])';class hs{constructor(e,t,s,n){this.panel=t,this.isOpen=s,this.close=n,this.#e=window.matchMedia(as),this.pressed=r=>{r.key==="Escape"&&!r.isComposing?(r.preventDefault(),r.stopPropagation(),this.close()):r.key==="Tab"&&this.#e.matches&&this.#s(r)},this.#t=r=>{if(r.key!=="Escape"||r.defaultPrevented||!this.isOpen())return;const o=this.panel(),a=document.activeElement;if(!o||!a||a===document.body)return;const c=o.getBoundingClientRect(),h=a.getBoundingClientRect();h.left<c.right&&h.right>c.left&&h.top<c.bottom&&h.bottom>c.top&&!o.contains(ge()??null)&&this.close()},this.#n=()=>{const r=window.visualViewport,o=this.panel();if(!o||r?.scale!==1)return;const a=r.height<window.innerHeight-1;o.style.setProperty("--_visible-height",a?`${r.height}px`:"100dvh")},e.addController(this)}#e;hostConnected(){document.addEventListener("keydown",this.#t),window.visualViewport?.addEventListener("resize",this.#n)}hostDisconnected(){document.removeEventListener("keydown",this.#t),window.visualViewport?.removeEventListener("resize",this.#n)}hostUpdated(){this.isOpen()&&this.#n()}#s(e){const t=[...this.panel()?.querySelectorAll(cs)??[]].filter(r=>r.tabIndex>=0&&r.getClientRects().length>0),s=e.shiftKey?t[0]:t[t.length-1],n=e.shiftKey?t[t.length-1]:t[0];!s||!n||ge()!==s||(e.preventDefault(),n.focus())}#t;#n}function ls(i,e,t=!0){const n=[...Dt(Ke(i.text)).split(/\n+/).map(r=>r.replace(/^- /,"").trim()),i.image===void 0?"":us(i,e),ds(i.buttons??[],e)].filter(Boolean).map(r=>ps(r)).join(" ");return t&&n?`${e.assistant}: ${n}`:n}function ds(i,e){const t=i.map(({title:s})=>s);return t.length>0?`${e.choices(t.length)}: ${t.join(", ")}`:""}function us(i,e){const t=i.cards?.find(s=>s.kind==="map");return t?`${e.image}: ${t.alt}`:e.image}function ps(i){return/[.!?…:;,]$/.test(i)?i:`${i}.`}class be{#e=new Set;wait(e){return new Promise(t=>{const s=()=>{clearTimeout(n),this.#e.delete(s),t()},n=setTimeout(s,e);this.#e.add(s)})}wake(){for(const e of[...this.#e])e()}}const fs={heartbeat:4e4,firstByte:2e4,blocked:3e5,request:15e3,answer:35e3,sign:8e3,delivery:6e4,firstBackoff:1e3,longestBackoff:3e4,longestLimit:12e4};function V(i,e,t){const s=e.firstBackoff*2**Math.min(Math.max(i-1,0),20);return Math.min(s,e.longestBackoff)*(.5+t()/2)}const ms=1e6;class gs{#e=new TextDecoder;#s="";#t=!1;#n=[];#r=0;#a="";#i="";#o;get retryInMilliseconds(){return this.#o}push(e){const t=[],s=this.#e.decode(e,{stream:!0});let n=0;s&&this.#t&&(s.startsWith(`
`)&&(n=1),this.#t=!1);const r=/\r\n?|\n/g;r.lastIndex=n;for(let o=r.exec(s);o;o=r.exec(s))this.#c(this.#s+s.slice(n,o.index),t),this.#s="",n=r.lastIndex,this.#t=n===s.length&&o[0]==="\r";if(this.#s+=s.slice(n),this.#s.length+this.#r>ms)throw new RangeError("An event of the stream has no end.");return t}#c(e,t){if(e===""){this.#n.length>0&&t.push({type:this.#a||"message",data:this.#n.join(`
`),id:this.#i}),this.#n=[],this.#r=0,this.#a="";return}const s=e.indexOf(":"),n=s<0?e:e.slice(0,s);let r=s<0?"":e.slice(s+1);r.startsWith(" ")&&(r=r.slice(1)),n==="data"?(this.#n.push(r),this.#r+=r.length+1):n==="event"?this.#a=r:n==="id"?r.includes("\0")||(this.#i=r):n==="retry"&&/^[0-9]+$/.test(r)&&(this.#o=Number(r))}}const bs=60;function vs(i,e){if(!C(i))return[];const t=i.kind==="cards"?M(i.cards):[i];return z(t,s=>ys(s,e))}function ws(i){return z(M(i),Ft)}function ys(i,e){if(C(i))switch(i.kind){case"hours":return $s(i,e);case"slots":return xs(i);case"preview":return _s(i);case"booked":return Ss(i,e);case"map":return As(i,e);case"sources":return Es(i,e);default:return}}function $s(i,e){const{office:t,statement:s,isOpen:n}=i;if(!v(t)||!v(s))return;const r=z(M(i.days),ks),o=Ht(i.source,e);return{kind:"hours",office:t,statement:s,isOpen:typeof n=="boolean"?n:null,days:r,...o&&{source:o}}}function ks(i){if(!C(i))return;const{day:e,date:t}=i;if(!v(e)||!v(t))return;const s=M(i.times).filter(v);return{day:e,date:t,times:s,...Ge(i,["note"])}}function xs(i){const e=z(M(i.offers),t=>{const s=Ft(t);if(!s||!C(t))return;const{day:n,date:r,time:o,office:a}=t;if(!(!v(n)||!v(r)||!v(o)||!v(a)))return{...s,day:n,date:r,time:o,office:a}});return e.length>0?{kind:"slots",offers:e}:void 0}function _s(i){const{title:e,consent:t}=i;if(!v(e)||typeof t!="string")return;const s=z(M(i.fields),n=>{if(!C(n))return;const{label:r,value:o}=n;return v(r)&&v(o)?{label:r,value:o}:void 0});return s.length>0?{kind:"preview",title:e,fields:s,consent:t}:void 0}function Ss(i,e){const{number:t,when:s,office:n}=i;if(!(!v(t)||!v(s)||!v(n)))return{kind:"booked",number:t,when:s,office:n,...Ge(i,["address"]),...We(i,["calendarUrl","manageUrl"],e)}}function As(i,e){const{alt:t}=i;if(!v(t))return;const s=z(M(i.places),n=>{if(!C(n))return;const{name:r,latitude:o,longitude:a}=n;return v(r)&&ut(o,90)&&ut(a,180)?{name:r,latitude:o,longitude:a}:void 0});return{kind:"map",alt:t,places:s,...We(i,["url"],e)}}function Es(i,e){const t=z(M(i.sources),s=>Ht(s,e));return t.length>0?{kind:"sources",sources:t}:void 0}function Ht(i,e){if(!(!C(i)||!v(i.name)))return{name:i.name,...We(i,["url"],e),...Ge(i,["asOf","retrieved"])}}function Ft(i){if(!C(i))return;const{title:e,choice:t}=i;return v(e)&&v(t)?{title:e,choice:t}:void 0}function C(i){return typeof i=="object"&&i!==null&&!Array.isArray(i)}function v(i){return typeof i=="string"&&i.trim()!==""}function ut(i,e){return typeof i=="number"&&Math.abs(i)<=e}function M(i){return Array.isArray(i)?i.slice(0,bs):[]}function z(i,e){return i.map(e).filter(t=>t!==void 0)}function Ge(i,e){const t=e.filter(s=>v(i[s]));return Object.fromEntries(t.map(s=>[s,i[s]]))}function We(i,e,t){const s=e.map(n=>{const r=i[n];return[n,v(r)?ye(r,t):void 0]});return Object.fromEntries(s.filter(([,n])=>n!==void 0))}const Ts=2e4;function Ve(i){try{const e=JSON.parse(i);return C(e)?e:{}}catch{return{}}}function Bt(i,e,t){if(!C(i))return;const{text:s,time:n,image:r}=i,o=e.speaker??i.speaker,a=e.position??i.position,c=i.messageId??e.messageId,h=ws(i.buttons),u=vs(i.custom,t),l=A(r)?ye(r,t):void 0,f=A(s)&&s.trim()!=="";if(!(o!=="citizen"&&o!=="kumpel")&&!(!f&&!l&&h.length+u.length===0))return{speaker:o,text:f?s.slice(0,Ts):"",language:Cs(i.language??e.language),time:A(n)&&!Number.isNaN(Date.parse(n))?n:"",...Kt(a)&&{position:a},...A(c)&&c&&{messageId:c},...h.length>0&&{buttons:h},...u.length>0&&{cards:u},...l&&{image:l}}}function qt(i){const{trouble:e,text:t}=i;return{...A(e)&&e&&{trouble:e},...A(t)&&t&&{text:t}}}function A(i){return typeof i=="string"}function Kt(i){return Number.isSafeInteger(i)&&i>0}function Cs(i){return i==="en"?"en":"de"}class w extends Error{constructor(e,t="",s=0,n){super(t||e),this.kind=e,this.text=t,this.status=s,this.waitInMilliseconds=n,this.name="ServerError"}get isGone(){return this.status===401||this.status===410||this.kind.endsWith("_conversation")}get isOffline(){return this.status===0}get isLimit(){return this.status===429||this.status===503}}const Is=8e6;class Ns{constructor(e,t,s,n){this.server=e,this.fetch=t,this.timings=s,this.language=n}#e=new Set;async begin(){const{conversation:e}=await this.#t("POST","conversations",{body:{}});if(!A(e)||!e)throw new w("garbled");return e}async history(e){const{utterances:t}=await this.#t("GET","history",{conversation:e});if(!Array.isArray(t))throw new w("garbled","",200);return this.#s(t,{})}async send(e,t,s,n){const{messageId:r,content:o}=t,a=this.language(),c={language:a==="en"?"en":"de",...a==="easy"&&{easy:!0},...s&&{service:s}},h=await this.#t("POST","messages",{body:{conversation:e,...o,messageId:r,metadata:c},headers:n?{Prefer:"respond-async"}:{},deadline:n?this.timings.request:this.timings.answer}),{conversation:u,messages:l}=h;return{outcome:qt(h),...A(u)&&u&&{conversation:u},...Array.isArray(l)&&{messages:this.#s(l,{speaker:"kumpel",messageId:r,language:c.language==="en"?"en":"de"})}}}async feedback(e,t){await this.#t("POST","feedback",{body:{conversation:e,...t}})}async delete(e){try{await this.#t("DELETE","conversations",{conversation:e})}catch(t){if(!(t instanceof w&&t.isGone))throw t}}async events(e,t,s){const n=await this.#n("GET","events",s,{conversation:e,headers:{Accept:"text/event-stream","Last-Event-ID":String(t)}});if(!n.ok)throw await pt(n);if(!(n.headers.get("content-type")??"").includes("text/event-stream")||!n.body)throw new w("blocked","",n.status);return n.body}abort(){for(const e of this.#e)e.abort()}#s(e,t){return e.map(s=>Bt(s,t,this.server)).filter(s=>s!==void 0)}async#t(e,t,s){const n=new AbortController,r=s.deadline??this.timings.request,o=setTimeout(()=>{n.abort()},r);this.#e.add(n);try{const a=await this.#n(e,t,n.signal,s);if(!a.ok)throw await pt(a);return Ve(await jt(a))}catch(a){throw a instanceof w?a:new w(n.signal.aborted?"timeout":"offline")}finally{clearTimeout(o),this.#e.delete(n)}}#n(e,t,s,{conversation:n,body:r,headers:o}){const{fetch:a}=this;return a(`${this.server}/chat/${t}`,{method:e,signal:s,cache:"no-store",credentials:"omit",headers:{"Accept-Language":this.language()==="en"?"en":"de",...n&&{"X-Conversation":n},...r!==void 0&&{"Content-Type":"application/json"},...o},...r!==void 0&&{body:JSON.stringify(r)}})}}async function pt(i){const{status:e}=i,{error:t}=Ve(await jt(i).catch(()=>"")),{kind:s,text:n}=t??{};return new w(A(s)?s:`http_${e}`,A(n)?n:"",e,Ms(i.headers.get("retry-after")))}function Ms(i){if(!i)return;const e=/^\d+$/.test(i)?Number(i)*1e3:Date.parse(i)-Date.now();return Number.isFinite(e)?Math.max(0,e):void 0}async function jt(i){const e=i.body?.getReader(),t=new TextDecoder;let s="";for(let n=0;e;){const{done:r,value:o}=await e.read();if(r)break;if(n+=o.length,n>Is)throw await e.cancel(),new w("garbled","",i.status);s+=t.decode(o,{stream:!0})}return s}const Os=5e3;function ft(i){return i.aborted}class Ds{constructor(e,t,s,n){this.transport=e,this.listener=t,this.timings=s,this.random=n}#e=new be;#s=!1;#t;get isProven(){return this.#s}open(){this.close(),this.#t=new AbortController,this.#n(this.#t.signal)}close(){this.#t?.abort(),this.#t=void 0,this.#s=!1,this.#e.wake()}wake(){this.#e.wake()}async#n(e){let t=0;for(;;){const s=Date.now(),n=await this.#r(e);if(e.aborted)return;const r=this.#s&&Date.now()-s>=Os;if(this.#s=!1,n.isGone){this.listener.gone(n);return}if(t=r?1:t+1,await this.listener.lost(t,n),ft(e))return;const o=n.kind==="blocked"?this.timings.blocked:V(t,this.timings,this.random);if(await this.#e.wait(Math.max(o,n.waitInMilliseconds??0)),ft(e))return}}async#r(e){const t=this.listener.place();if(!t)return new w("no_conversation");const s=new AbortController,n=()=>{s.abort()};e.addEventListener("abort",n);let r=setTimeout(n,this.timings.firstByte);try{const a=(await this.transport.events(t.conversation,t.position,s.signal)).getReader(),c=new gs;for(;;){const{done:h,value:u}=await a.read();if(h)return new w("ended");clearTimeout(r),r=setTimeout(n,this.timings.heartbeat);const l=c.push(u);this.#s||(this.#s=!0,this.listener.opened());for(const f of l)e.aborted||this.listener.received(f)}}catch(o){if(o instanceof w)return o;const a=s.signal.aborted&&!this.#s;return new w(a?"blocked":"offline")}finally{clearTimeout(r),e.removeEventListener("abort",n),n()}}}class Rs{#e;#s;#t;constructor(e,t){this.#e=`kumpel:${e}`,this.#s=t??Ps()}get id(){try{return this.#s?.getItem(this.#e)??this.#t}catch{return this.#t}}set id(e){this.#t=void 0;try{e===void 0?this.#s?.removeItem(this.#e):this.#s?this.#s.setItem(this.#e,e):this.#t=e}catch{this.#t=e}}}function Ps(){try{return globalThis.sessionStorage}catch{return}}const mt=new Set(["busy","starting"]),Ls=4,Us=4,zs=3,Hs=2,Fs=2;class Bs{constructor(e,t,s,n){this.transport=e,this.host=t,this.timings=s,this.random=n}#e=[];#s=!1;#t;#n=new be;#r=new be;get messageIds(){return this.#e.map(({messageId:e})=>e)}add(e){return new Promise(t=>{this.#e.push({...e,settle:t}),this.#a()})}sign(e){this.#t?.timer&&this.#t.messageId===e&&this.#l(this.#t,this.timings.answer)}done(e,t){this.#t?.messageId===e&&this.#t.finish(t)}streamLost(){this.#t?.timer&&this.#t.finish(void 0)}wake(){this.#n.wake()}clear(){for(const{settle:e}of this.#e.splice(0))e();this.#t?.finish(void 0),this.#n.wake(),this.#r.wake()}async#a(){if(!this.#s){this.#s=!0;for(let e=this.#e[0];e;e=this.#e[0]){const t=await this.#c(e);t?this.#i(e,t):this.#o(e)}this.#s=!1}}#i(e,t){const s=t.isOffline?[...this.#e]:[e];for(const n of s)this.#e.includes(n)&&this.#o(n,()=>{this.host.failed(n.messageId,t)})}#o(e,t){this.#e=this.#e.filter(s=>s!==e),t?.(),e.settle()}async#c(e){const{messageId:t}=e,s=Date.now()+this.timings.delivery;let n=!0,r=0;const o={recoveries:0,limits:0,passing:0,refusals:0,expiries:0};for(;this.#e.includes(e);){let a;try{if(a=await this.host.conversation(),!this.#e.includes(e))break;const c=await this.#p(e,a,n);if(!this.#e.includes(e))break;if(c===void 0){if(n=!1,++o.recoveries>Ls)return new w("garbled","",200)}else{if(c.trouble==="ended_conversation")throw new w(c.trouble,c.text,401);if(mt.has(c.trouble??"")){if(++o.passing>zs)return new w(c.trouble??"",c.text,200);await this.#n.wait(V(o.passing+1,this.timings,this.random))}else{this.#o(e,()=>{this.host.finished(t,c)});return}}}catch(c){if(!this.#e.includes(e))break;const h=W(c);if(h.isGone&&++o.expiries<=Fs)this.host.expired(a);else if(h.isLimit&&++o.limits<=Us){const u=h.waitInMilliseconds??V(o.limits+1,this.timings,this.random);if(u>this.timings.longestLimit)return h;this.host.limited(h,u),await this.#r.wait(u),this.host.limited(void 0,0)}else if(h.isOffline&&Date.now()<s)this.host.offline(),await this.#n.wait(V(++r,this.timings,this.random));else if(h.status>=500&&++o.refusals<=Hs)await this.#n.wait(V(o.refusals,this.timings,this.random));else return h}}}async#p(e,t,s){const n=qs(e.messageId);this.#t=n;try{const{host:r}=this,o=s&&r.isStreaming,a=await this.transport.send(t,e,r.service,o);if(!this.#e.includes(e))return;if(r.taken(e.messageId,a.conversation),a.messages){const{trouble:c}=a.outcome,h=mt.has(c??""),u=a.messages.at(-1)?.text;return r.answered(h?[]:a.messages),{...a.outcome,...h&&u&&{text:u}}}return r.isStreaming?this.#l(n,this.timings.sign):n.finish(void 0),await n.end}finally{clearTimeout(n.timer),this.#t=void 0}}#l(e,t){clearTimeout(e.timer),e.timer=setTimeout(()=>{e.finish(void 0)},t)}}function qs(i){let e;const t=new Promise(s=>{e=s});return{messageId:i,end:t,finish:e,timer:void 0}}function W(i){return i instanceof w?i:new w("failed","",400)}const Ks={assistant:"Kumpel",choices:i=>i===1?"1 Auswahlmöglichkeit":`${i} Auswahlmöglichkeiten`,image:"Bild",empty:"Bitte schreiben Sie Ihre Frage in das Feld.",tooLong:i=>`Ihre Nachricht ist zu lang. Es passen weniger als ${i.toLocaleString("de")} Zeichen hinein.`,tooMany:"Gerade kommen sehr viele Nachrichten an. Ihre Nachricht wird gleich von selbst gesendet.",offline:"Keine Verbindung. Ihr Gespräch bleibt erhalten, und ich versuche es immer wieder.",online:"Die Verbindung ist wieder da.",expired:"Das vorige Gespräch war abgelaufen. Ein neues hat begonnen; was Sie geschrieben haben, bleibt hier stehen.",ended:"Das Gespräch ist beendet. Sie können jederzeit ein neues beginnen.",failed:"Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0."};class js{#e=[];#s=[];#t=0;#n=0;#r=new Set;get entries(){return this.#s}get position(){return this.#n}get hasGap(){return this.#r.size>0}addOwn(e,t,s,n){this.#o({speaker:"citizen",text:t,language:s,time:n,messageId:e},"sending"),this.#l()}deliver(e,t){this.#c(s=>Ee(s,e)&&s.position===void 0?{...s,delivery:t}:s),this.#l()}resend(e,t){this.#e=this.#e.map(s=>Ee(s.entry,e)&&s.entry.position===void 0?{entry:{...s.entry,delivery:"sending",time:t},arrival:++this.#t,isSealed:!1}:s),this.#l()}rate(e,t){this.#c(s=>{if(s.position!==e)return s;const{rating:n,...r}=s;return t?{...r,rating:t}:r}),this.#l()}take(e){const t=e.filter(s=>this.#a(s));return this.#l(),t}#a(e){const{position:t}=e;if(t!==void 0){if(t<=this.#n||this.#r.has(t))return!1;for(this.#r.add(t);this.#r.delete(this.#n+1);)this.#n++}const s=this.#i(e);return s?(t!==void 0&&this.#c(n=>n===s?{...n,position:t,delivery:"sent",language:e.language,...e.time&&{time:e.time}}:n),!1):(this.#o(e,"sent"),!0)}seal(e=[]){this.#p(),this.#e=this.#e.map(({entry:t,arrival:s,isSealed:n})=>{const{position:r,rating:o,...a}=t;return e.some(h=>Ee(t,h))&&!n?{entry:{...a,delivery:"sending"},arrival:s,isSealed:!1}:{entry:a,arrival:s,isSealed:!0}}),this.#l()}clear(){this.#p(),this.#e=[],this.#l()}#i({speaker:e,messageId:t,text:s,position:n}){if(t!==void 0)return this.#e.find(({entry:r,isSealed:o})=>!o&&r.messageId===t&&r.speaker===e&&(e==="citizen"||r.text===s)&&(n===void 0||r.position===void 0))?.entry}#o(e,t){const{cards:s}=e,n=++this.#t,r={...e,...s?.[0]&&{card:s[0]},key:`entry-${n}`,delivery:t};this.#e.push({entry:r,arrival:n,isSealed:!1})}#c(e){this.#e=this.#e.map(t=>{const s=t.isSealed?t.entry:e(t.entry);return s===t.entry?t:{...t,entry:s}})}#p(){this.#n=0,this.#r.clear()}#l(){const e=this.#f(),t=o=>o.isSealed?-1:Gs(o,e),s=this.#e.map(o=>({line:o,rank:t(o)}));s.sort((o,a)=>Ws(o.rank,a.rank)||o.line.arrival-a.line.arrival);const n=s.slice(-500).map(({line:o})=>o);let r;for(let o=n.length-1;o>=0;o--){const a=n[o];if(!a)continue;const{entry:c}=a;if(c.speaker==="citizen")c.delivery!=="failed"&&(r=c);else{const h=Vs(c,r,a.isSealed);h!==c&&(n[o]={...a,entry:h})}}this.#e=n,this.#s=n.map(({entry:o})=>o)}#f(){const e=new Map;for(const{entry:t,isSealed:s}of this.#e){const{messageId:n,position:r}=t;if(s||n===void 0||r===void 0)continue;const[o,a]=e.get(n)??[r,r];e.set(n,[Math.min(o,r),Math.max(a,r)])}return e}}function Gs({entry:i},e){if(i.position!==void 0)return i.position;const[t,s]=e.get(i.messageId??"")??[1/0,1/0];return i.speaker==="citizen"?t-.5:s+.5}function Ws(i,e){return i===e?0:i<e?-1:1}function Vs(i,e,t){const s=Ys(i),n=s.length>0&&(e!==void 0||t),r=s.find(({title:h})=>h===e?.text)?.title;if((i.isUsed??!1)===n&&i.chosenTitle===r)return i;const{isUsed:o,chosenTitle:a,...c}=i;return{...c,...n&&{isUsed:n},...n&&r!==void 0&&{chosenTitle:r}}}function Ys({buttons:i=[],cards:e=[]}){const t=e.flatMap(s=>s.kind==="slots"?s.offers:[]);return[...i,...t]}function Ee(i,e){return i.speaker==="citizen"&&i.messageId===e}const Pe=4e3,Zs=20,gt=new Set(["empty","too_long","refused","failed","trouble","ended","expired"]);class Xs extends EventTarget{#e;#s;#t;#n;#r;#a;#i;#o;#c=new js;#p=new be;#l=new Map;#f=new Set;#E={phase:"idle",entries:[],pending:{messageIds:[],isTyping:!1}};#d;#$;#m=0;#g=!1;#b=!1;#v=!1;#k=!1;#x=!1;#y;#_;#u;#S;#T;#P=0;constructor(e){super(),this.language=e.language,this.service=e.service,this.texts=e.texts??Ks,this.#s=e.now??Date.now,this.#t=e.random??Math.random,this.#n=e.page??Js(),this.#r={...fs,...e.timings};const{server:t}=e,{fetch:s=globalThis.fetch}=e;this.#e=new Rs(t,e.storage),this.#a=new Ns(t,s,this.#r,()=>this.language),this.#i=new Ds(this.#a,this.#Q(),this.#r,this.#t),this.#o=new Bs(this.#a,this.#A(),this.#r,this.#t)}get state(){return this.#E}get isStored(){return this.#e.id!==void 0}async start(){if(this.#v&&(this.#v=!1,this.#c.clear(),this.#u=void 0),this.#d!==void 0||this.#g)return;const e=this.#m;this.#V(),this.#g=!0,this.#h();for(let t=0;e===this.#m&&this.#d===void 0;)try{await this.#L()}catch(s){if(e!==this.#m)return;await this.#J(W(s),++t)}e===this.#m&&(this.#g=!1,this.#y=void 0,this.#h())}async send(e){const t=e.trim();t?[...t].length>=Pe?this.#H("too_long",this.texts.tooLong(Pe)):await this.#N({text:t},t):this.#H("empty",this.texts.empty)}async choose(e,t){await this.#N({choice:e},t)}async retry(e){const t=this.#l.get(e);!t||this.#o.messageIds.includes(e)||(this.#c.resend(e,this.#B()),await this.#C({messageId:e,content:t}))}async rate(e,t,s){await this.#q({position:e,rating:t,kind:"thumb",...s&&{comment:s}}),this.#c.rate(e,t),this.#h()}async reportError(e,t){await this.#q({position:e,rating:null,kind:"error",comment:t})}async end(){const e=this.#d??this.#e.id;this.#k=!0;try{e!==void 0&&await this.#a.delete(e)}catch(t){const s=W(t);throw new w(s.kind,s.text||this.texts.failed,s.status)}finally{this.#k=!1}this.#W(),this.#c.clear(),this.#I("ended",this.texts.ended)}dismissNotice(){this.#u&&gt.has(this.#u.kind)&&(this.#u=void 0,this.#h())}close(){this.#W(),this.#d=void 0;for(const e of bt)this.#n?.removeEventListener(e,this.#Y);this.#x=!1,this.#b=!1,this.#h()}async#N(e,t){if(this.#o.messageIds.length>=Zs){this.#H("too_many",this.texts.tooMany);return}const s=this.#w(),n=this.language==="en"?"en":"de";this.#c.addOwn(s,t,n,this.#B()),await this.#C({messageId:s,content:e})}async#C(e){this.#l.set(e.messageId,e.content),this.#v=!1,this.#F(gt),this.#V(),this.#_??=this.#s();const t=this.#o.add(e);this.#h(),await t,this.#o.messageIds.length===0&&(this.#_=void 0),this.#h()}#w(){const e=Math.floor(this.#t()*2821109907456).toString(36);return`m-${this.#s().toString(36)}-${e}-${++this.#P}`}#A(){const e=this;return{get service(){return e.service},get isStreaming(){return e.#i.isProven},conversation:()=>this.#L(),taken:(t,s)=>{this.#R(),s!==void 0&&this.#U(s),this.#c.deliver(t,"sent"),this.#h()},answered:t=>{this.#O(t)},finished:(t,s)=>{this.#M(t,s)},failed:(t,s)=>{this.#c.deliver(t,"failed");const n=s.status>=400&&s.status<500&&s.text!=="";if(!s.isOffline){const r=n?"refused":"failed";this.#u={kind:r,text:s.text||this.texts.failed}}this.#h()},expired:t=>{(t===this.#d||this.#d===void 0)&&this.#j()},offline:()=>{this.#D()},limited:(t,s)=>{this.#X(t,s)}}}#M(e,{trouble:t,text:s}){if(this.#f.delete(e),this.#l.delete(e),t!==void 0&&s!==void 0){const n=this.language==="en"?"en":"de";this.#O([{speaker:"kumpel",text:s,language:n,time:"",messageId:e}])}this.#h()}async#q(e){try{await this.#a.feedback(await this.#L(),e)}catch(t){const s=W(t);throw new w(s.kind,s.text||this.texts.failed,s.status)}}#L(){return this.#d!==void 0?Promise.resolve(this.#d):(this.#$??=this.#K().finally(()=>{this.#$=void 0}),this.#$)}async#K(){const e=this.#m,t=this.#e.id;try{const s=t===void 0?[]:await this.#a.history(t),n=t??await this.#a.begin();if(e!==this.#m)throw new w("closed","",400);this.#c.take(s),this.#U(n)}catch(s){const n=W(s);if(t===void 0||!n.isGone||e!==this.#m)throw n;return this.#j(),this.#K()}return this.#v=!1,this.#R(),this.#i.open(),this.#h(),this.#d??""}async#J(e,t){const s=e.waitInMilliseconds??V(t,this.#r,this.#t);e.isLimit?this.#X(e,s):e.isOffline?this.#D():(this.#b=!0,this.#u={kind:"failed",text:e.text||this.texts.failed},this.#h()),await this.#p.wait(s)}#U(e){e!==this.#d&&(this.#d=e,this.#e.id=e)}#j(){this.#G(),this.#c.seal(this.#o.messageIds),this.#u={kind:"expired",text:this.texts.expired},this.#h()}#I(e,t){this.#G(),this.#c.seal(this.#o.messageIds),this.#v=this.#o.messageIds.length===0,this.#g=!1,this.#u={kind:e,text:t},this.#h()}#G(){this.#i.close(),this.#d=void 0,this.#e.id=void 0,this.#f.clear()}#W(){this.#m++,this.#g=!1,this.#y=void 0,this.#$=void 0,this.#i.close(),this.#o.clear(),this.#a.abort(),this.#p.wake(),this.#l.clear(),this.#f.clear()}#Q(){return{place:()=>this.#d===void 0?void 0:{conversation:this.#d,position:this.#c.position},opened:()=>{this.#R(),this.#h()},received:e=>{this.#ee(e)},lost:async(e,t)=>{this.#f.clear(),this.#o.streamLost(),this.#h(),(e>1||t.kind==="blocked")&&await this.#z()},gone:e=>{this.#I("expired",e.text||this.texts.ended)}}}#ee({type:e,data:t,id:s}){const n=Ve(t),{messageId:r}=n;if(A(r)&&this.#o.sign(r),e==="citizen"||e==="message"){const o=Number(s);if(!Kt(o))return;const h=Bt(n,{speaker:e==="citizen"?"citizen":"kumpel",position:o},this.#a.server);h&&this.#O([h])}else if(e==="typing"&&A(r))this.#f.add(r),this.#h();else if(e==="done"&&A(r)){const{conversation:o}=n;A(o)&&o&&this.#U(o),this.#f.delete(r),this.#o.done(r,qt(n)),this.#h()}else if(e==="ended"&&!this.#k){const{text:o,kind:a}=n;a==="deleted"&&this.#c.clear(),this.#I("ended",A(o)&&o?o:this.texts.ended)}}async#z(){const e=this.#d;if(e!==void 0)try{const t=await this.#a.history(e);if(e!==this.#d)return;this.#R(),this.#O(t),this.#h()}catch(t){const s=W(t);if(e!==this.#d)return;s.isGone?this.#I("expired",s.text||this.texts.ended):s.isOffline&&this.#D()}}#O(e){const t=this.#B(),s=e.map(r=>r.time?r:{...r,time:t}),n=this.#c.take(s);for(const r of n.filter(({speaker:o})=>o==="kumpel")){const{messageId:o,language:a}=r,c=o===void 0||o!==this.#T,h=ls(r,this.texts,c);if(this.#T=o,h){const u=(this.#S?.id??0)+1;this.#S={id:u,text:h,language:a},this.#h()}}this.#h()}#V(){if(!this.#x){this.#x=!0;for(const e of bt)this.#n?.addEventListener(e,this.#Y)}}#Y=e=>{switch(e.type){case"offline":this.#D();break;case"online":this.#Z(),this.#z();break;case"pagehide":this.#i.close();break;case"pageshow":e.persisted&&this.#te()}};#te(){if(this.#d===void 0)return;const e=this.#e.id;if(e===void 0){this.#c.clear(),this.#I("ended",this.texts.ended);return}this.#d=e,this.#i.open(),this.#z()}#Z(){this.#p.wake(),this.#i.wake(),this.#o.wake()}#D(){this.#b=!0,this.#u={kind:"offline",text:this.texts.offline},this.#h()}#R(){this.#b&&(this.#b=!1,this.#F(new Set(["offline","failed"])),this.#Z())}#X(e,t){this.#y=e&&this.#s()+t,this.#F(new Set(["too_many","busy"])),e&&(this.#u={kind:e.status===429?"too_many":"busy",text:e.text||this.texts.tooMany,until:this.#s()+t}),this.#h()}#H(e,t){this.#u={kind:e,text:t},this.#h()}#F(e){this.#u&&e.has(this.#u.kind)&&(this.#u=void 0)}#B(){return new Date(this.#s()).toISOString()}#ie(){return this.#v?"ended":this.#b?"offline":this.#y!==void 0?"limited":this.#g?"starting":this.#o.messageIds.length+this.#f.size>0?"waiting":this.#d===void 0?"idle":"ready"}#h(){const e=this.#o.messageIds,t=e.length>0?this.#_:void 0;this.#E={phase:this.#ie(),entries:this.#c.entries,pending:{messageIds:e,isTyping:this.#f.size>0,...t!==void 0&&{since:t}},...this.#u&&{notice:this.#u},...this.#S&&{announcement:this.#S}},this.dispatchEvent(new Event("change"))}}const bt=["online","offline","pagehide","pageshow"];function Js(){return"addEventListener"in globalThis?globalThis:void 0}const Qs=1e3,en=[4e3,1e4,2e4];class tn{constructor(e,t){this.host=e,this.tell=t,this.step=-1,this.isWaiting=!1,this.#e=[],e.addController(this)}#e;set(e){e!==this.isWaiting&&(this.isWaiting=e,this.#t(),e&&(this.#s(Qs,-1),en.forEach((t,s)=>{this.#s(t,s)})))}hostDisconnected(){this.#t(),this.isWaiting=!1}#s(e,t){const s=()=>{this.step=t,this.tell(t),this.host.requestUpdate()};this.#e.push(setTimeout(s,e))}#t(){this.#e.forEach(clearTimeout),this.#e=[],this.step=-1}}const sn={phase:"idle",entries:[],pending:{messageIds:[],isTyping:!1}};class nn{constructor(e,t){this.host=e,this.listener=t,this.state=sn,this.unread=0,this.now=0,this.#s=0,e.addController(this),this.#n=new tn(e,s=>{const n=t.words();t.say((s<0?n.typing:n.progress[s])??"",n.tag,!1)})}#e;#s;#t;#n;hostDisconnected(){clearInterval(this.#t),this.#e?.close(),this.#e=void 0}get isStored(){return this.#e?.isStored??!1}get waiting(){if(!this.#n.isWaiting)return"";const e=this.listener.words();return e.progress[this.#n.step]??e.typing}begin(e,t,s,n){this.#e?.close();const r=new Xs({server:e,language:t,texts:Me[t].core,storage:n,...s?{service:s}:{}});this.#e=r,this.#s=0,this.state=r.state,r.addEventListener("change",()=>{r===this.#e&&this.#r(r.state)})}async start(){this.state.phase==="idle"&&await this.#e?.start()}async restart(){await this.#e?.start()}send(e){const t=this.state.entries.length;return this.#e?.send(e),this.state.entries.length>t}choose(e,t){this.#e?.choose(e,t)}retry(e){this.#e?.retry(e)}async rate(e,t,s){await this.#e?.rate(e,t,s)}async reportError(e,t){await this.#e?.reportError(e,t)}dismissNotice(){this.#e?.dismissNotice()}async end(){try{return await this.#e?.end(),!0}catch(e){const t=this.listener.words(),s=e.text??t.core.failed;return this.state={...this.state,notice:{kind:"failed",text:s}},this.listener.say(s,t.tag,!1),this.host.requestUpdate(),!1}}setLanguage(e){this.#e&&(this.#e.language=e,this.#e.texts=Me[e].core)}setService(e){this.#e&&(this.#e.service=e||void 0)}#r(e){const t=this.state;this.state=e,this.#n.set(e.phase==="waiting");const s=e.announcement;s&&s.id!==this.#s&&(this.#s=s.id,this.listener.say(s.text,s.language,!0)),this.#a(t,e.entries),this.#i(e.notice?.until),this.host.requestUpdate()}#a(e,t){const s=e.phase==="starting"||e.phase==="idle";if(t===e.entries)return;const n=new Set(e.entries.map(r=>r.key));for(const r of t)n.has(r.key)||s&&r.delivery!=="sending"||(r.speaker==="kumpel"&&!this.listener.isSeen()&&this.unread++,this.listener.added(r))}#i(e){clearInterval(this.#t),this.now=Date.now(),e!==void 0&&(this.#t=setInterval(()=>{this.now=Date.now(),this.now>=e&&clearInterval(this.#t),this.host.requestUpdate()},1e3))}}const rn=T`
  .card {
    margin-top: 0.6em;
    padding: 0.75em;
    border: 1px solid var(--_line);
    border-radius: 0.6em;
    background: var(--_paper);
    color: var(--_ink);
  }
  .card > * + * {
    margin-top: 0.6em;
  }
  .card-title {
    font-weight: 700;
  }
  .card dl {
    display: grid;
    gap: 0.5em;
  }
  .card dt {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .card dd {
    font-weight: 600;
  }
  .booked {
    border: 2px solid var(--_good);
  }
  .booked .card-title {
    color: var(--_good);
  }
  .consent {
    padding-inline-start: 0.7em;
    border-inline-start: 3px solid var(--_link);
  }

  .card table {
    width: 100%;
    border-collapse: collapse;
  }
  .card caption {
    padding-bottom: 0.35em;
    font-weight: 700;
    text-align: start;
  }
  .card :is(th, td) {
    padding: 0.3em 0.5em 0.3em 0;
    border-top: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  .card thead th {
    border-top: 0;
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .card .today :is(th, td) {
    font-weight: 700;
  }
  .card .time {
    display: inline-block;
    margin-inline-end: 0.6em;
    font-variant-numeric: tabular-nums;
  }
  .day-note {
    display: block;
    color: var(--_quiet);
    font-size: 0.9em;
    font-weight: 400;
  }
  .open-state {
    display: flex;
    align-items: baseline;
    gap: 0.5em;
    font-weight: 700;
  }
  .open-state > span {
    flex: none;
    width: 0.7em;
    height: 0.7em;
    border: 2px solid currentColor;
    border-radius: 50%;
  }
  .open-state.is-open {
    color: var(--_good);
  }
  .open-state.is-open > span {
    background: currentColor;
  }
  .open-state.is-closed {
    color: var(--_error);
  }

  .slots legend {
    padding: 0;
    margin-bottom: 0.35em;
    font-weight: 700;
  }
  .slot-office {
    font-weight: 400;
  }
  .map img {
    display: block;
    width: 100%;
    height: auto;
    aspect-ratio: 3 / 2;
    object-fit: contain;
    border-radius: 0.4em;
    background: var(--_soft);
  }
  .source {
    margin-top: 0.6em;
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .source ul {
    padding-inline-start: 1.25em;
  }
`,on=T`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-top: 0.6em;
  }
  .choice.chosen {
    border: 2px solid var(--_good);
    color: var(--_good);
  }
  .chosen-word {
    font-weight: 400;
  }
  @media (forced-colors: active) {
    .kumpel .choice.chosen {
      border: 3px solid Highlight;
      color: CanvasText;
    }
  }
`,an=T`
  .composer {
    display: grid;
    gap: 0.3em;
    padding: 0.6em 1em 0.8em;
    border-top: 1px solid var(--_line);
    background: var(--_paper);
  }
  .composer-row {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5em;
  }
  .composer .field {
    flex: 1 1 9em;
    width: auto;
    min-width: 0;
    min-height: max(2.75em, 44px);
    max-height: min(10em, 30vh);
    resize: none;
  }
  .microphone {
    padding-inline: 0.6em;
  }
  @media print {
    .composer {
      display: none;
    }
  }
`,cn=T`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em;
    margin-top: 0.4em;
    margin-inline-start: -0.45em;
  }
  .feedback-form {
    display: grid;
    gap: 0.5em;
    margin-top: 0.4em;
    padding: 0.75em;
    border: 1px solid var(--_line);
    border-radius: 0.6em;
  }
  @media print {
    .toolbar,
    .feedback-form {
      display: none;
    }
  }
`,hn=T`
  .launcher {
    position: fixed;
    inset-block-end: var(--kumpel-offset-block, 1em);
    inset-inline-end: var(--kumpel-offset-inline, 1em);
    z-index: var(--kumpel-layer, 2147483000);
    display: inline-flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0.25em 0.6em;
    max-width: calc(100vw - 2em);
    min-height: max(3.25em, 48px);
    padding: 0.6em 1.2em;
    border: 2px solid var(--_on-accent);
    border-radius: 2em;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 0.2em 1em rgb(0 0 0 / 30%);
    font-weight: 650;
    cursor: pointer;
  }
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 82%, #000);
  }
  .kumpel .launcher:focus-visible {
    border-radius: 2em;
  }
  .unread {
    padding: 0 0.6em;
    border-radius: 1em;
    background: var(--_on-accent);
    color: var(--_accent);
    font-size: 0.9em;
  }
  @media print {
    .launcher {
      display: none;
    }
  }
`,ln=T`
  .menu {
    display: grid;
    gap: 0.6em;
    max-height: 60vh;
    padding: 0.75em 1em;
    overflow: hidden auto;
    border-bottom: 1px solid var(--_line);
    background: var(--_paper);
  }
  .menu legend {
    padding: 0;
    font-weight: 600;
  }
  .language,
  .menu-check {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: max(2.75em, 44px);
    padding-inline-end: 0.75em;
    cursor: pointer;
  }
  .menu input {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    accent-color: var(--_link);
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 0.75em;
    width: 100%;
    min-height: max(2.75em, 44px);
    padding: 0.3em 0.5em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    text-align: start;
    cursor: pointer;
  }
  .menu-item:hover {
    background: var(--_soft);
  }
  .menu-item.danger {
    color: var(--_error);
  }
  .end-question {
    display: grid;
    gap: 0.6em;
  }
`,dn=T`
  kumpel-chat-message {
    display: block;
  }
  /* Those far above are laid out only when they come near; the newest always are, so
     that the height of the end is exact and nothing jumps. */
  kumpel-chat-message.settled {
    content-visibility: auto;
    contain-intrinsic-size: auto 7em;
  }
  .message {
    width: fit-content;
    max-width: 92%;
    min-width: 0;
  }
  .message.citizen {
    margin-inline-start: auto;
  }
  .message.kumpel {
    width: 92%;
  }
  .kumpel .message:focus-visible {
    border-radius: var(--_radius);
  }
  .byline {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5em;
    color: var(--_quiet);
    font-size: 0.85em;
  }
  .citizen .byline {
    justify-content: end;
  }
  .speaker {
    font-weight: 700;
  }
  .bubble {
    padding: 0.6em 0.85em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
  }
  .message.kumpel .bubble {
    width: fit-content;
    max-width: 100%;
    border-start-start-radius: 0.2em;
    background: var(--_soft);
  }
  .citizen .bubble {
    border-start-end-radius: 0.2em;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .citizen .bubble a {
    color: inherit;
  }
  .image {
    display: block;
    max-width: 100%;
    height: auto;
    margin-top: 0.6em;
    border-radius: 0.4em;
  }
  .delivery {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0.5em;
    margin-top: 0.25em;
    color: var(--_quiet);
    font-size: 0.85em;
  }
  .delivery.failed {
    font-size: 1em;
  }
  @media (forced-colors: active) {
    .kumpel .bubble {
      border-color: CanvasText;
    }
    .kumpel .citizen .bubble {
      border-width: 3px;
    }
  }
`,un=T`
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
    padding: 0.5em 1em;
    border-block: 1px solid currentColor;
    background: var(--_warn-paper);
    color: var(--_warn-ink);
    font-size: 0.95em;
  }
  .notice .quiet-button {
    color: inherit;
  }
  .notice .until {
    font-weight: 600;
  }
`,pn=T`
  .rich > * + * {
    margin-top: 0.6em;
  }
  .rich ul {
    padding-inline-start: 1.25em;
  }
  .rich li + li {
    margin-top: 0.2em;
  }
  .rich bdi,
  .keep {
    unicode-bidi: isolate;
  }
`,fn=T`
  :host {
    display: block !important;
    position: static !important;
    visibility: visible !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    perspective: none !important;
    contain: none !important;
    float: none !important;
    pointer-events: auto !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([mode="inline"]) {
    height: 100%;
    min-height: min(30em, 100vh);
  }

  .kumpel {
    all: initial;
    --_accent: var(--_accent-attribute, var(--kumpel-accent, #00525c));
    --_on-accent: var(--kumpel-on-accent, #fff);
    --_ink: var(--kumpel-ink, #1a2327);
    --_quiet: var(--kumpel-quiet, #4a565c);
    --_paper: var(--kumpel-paper, #fff);
    --_soft: var(--kumpel-soft, #edf3f3);
    --_line: var(--kumpel-line, #c3cfd1);
    --_control: #5b6a70;
    --_link: var(--_accent);
    --_error: #a8101a;
    --_good: #1d6331;
    --_warn-paper: #fff4d6;
    --_warn-ink: #3d2c00;
    --_shadow: 0 0.4em 2em rgb(10 30 35 / 28%), 0 0 0 1px rgb(10 30 35 / 12%);
    --_focus-near: #1a2327;
    --_focus-far: #ffc43d;
    --_radius: var(--kumpel-radius, 0.75em);
    display: block;
    box-sizing: border-box;
    height: 100%;
    color: var(--_ink);
    color-scheme: light dark;
    font-family: var(
      --kumpel-font,
      system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Noto Sans",
      sans-serif
    );
    font-size: var(--kumpel-font-size, medium);
    line-height: 1.5;
    text-size-adjust: 100%;
    -webkit-text-size-adjust: 100%;
    overflow-wrap: anywhere;
    direction: ltr;
  }

  @media (prefers-color-scheme: dark) {
    .kumpel {
      --_ink: var(--kumpel-ink-dark, #e9eff0);
      --_quiet: var(--kumpel-quiet-dark, #b7c4c8);
      --_paper: var(--kumpel-paper-dark, #151b1e);
      --_soft: var(--kumpel-soft-dark, #222c30);
      --_line: var(--kumpel-line-dark, #43525a);
      --_control: #93a3a9;
      --_link: color-mix(in srgb, var(--_accent) 35%, #fff);
      --_error: #ff9d99;
      --_good: #86dd9c;
      --_warn-paper: #3a2f12;
      --_warn-ink: #ffe6a6;
      --_shadow: 0 0.4em 2em rgb(0 0 0 / 60%), 0 0 0 1px #43525a;
      --_focus-near: #0b0f11;
    }
  }

  .kumpel *,
  .kumpel *::before,
  .kumpel *::after {
    box-sizing: border-box;
  }
  .kumpel [hidden] {
    display: none !important;
  }
  .kumpel :where(p, ul, ol, dl, dd, h2, h3, h4, figure, fieldset, table) {
    margin: 0;
    padding: 0;
  }
  .kumpel :where(ul, ol).plain {
    list-style: none;
  }
  .kumpel :where(fieldset) {
    border: 0;
    min-width: 0;
  }
  .kumpel :where(button, textarea, input) {
    font: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  .kumpel :where(svg) {
    display: inline-block;
    flex: none;
    width: 1.35em;
    height: 1.35em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.25em;
  }
  .kumpel a {
    color: var(--_link);
    text-underline-offset: 0.15em;
  }
  .kumpel a:hover {
    text-decoration-thickness: 0.15em;
  }

  /* Two rings, a dark one and a light one: one of them has 3:1 on any background. */
  .kumpel :focus-visible {
    outline: 3px solid var(--_focus-near);
    outline-offset: 0;
    box-shadow: 0 0 0 6px var(--_focus-far);
    border-radius: 0.3em;
  }

  .unseen {
    position: absolute !important;
    width: 1px !important;
    height: 1px !important;
    margin: -1px !important;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    min-height: max(2.75em, 44px);
    max-width: 100%;
    padding: 0.45em 1em;
    border: 2px solid var(--_link);
    border-radius: 0.5em;
    background: var(--_paper);
    color: var(--_link);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--_soft);
  }
  .button.main {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.main:hover {
    background: color-mix(in srgb, var(--_accent) 82%, #000);
  }
  .button.danger {
    border-color: var(--_error);
    color: var(--_error);
  }
  .button[aria-disabled="true"] {
    border: 1px solid var(--_line);
    background: transparent;
    color: var(--_quiet);
    cursor: default;
  }
  .quiet-button {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    min-width: max(2em, 32px);
    min-height: max(2em, 32px);
    padding: 0.2em 0.45em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    color: var(--_quiet);
    font-size: 0.9em;
    cursor: pointer;
  }
  .quiet-button svg {
    width: 1.2em;
    height: 1.2em;
  }
  .quiet-button:hover {
    background: var(--_soft);
    color: var(--_ink);
  }
  .quiet-button[aria-pressed="true"] {
    border-color: var(--_link);
    color: var(--_link);
  }
  .quiet-button[aria-pressed="true"] svg {
    fill: currentColor;
  }

  .field-label {
    display: block;
    font-weight: 600;
  }
  .hint {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .field-error {
    color: var(--_error);
    font-weight: 600;
  }
  .field {
    display: block;
    width: 100%;
    padding: 0.55em 0.7em;
    border: 2px solid var(--_control);
    border-radius: 0.5em;
    background: var(--_paper);
    color: var(--_ink);
    line-height: 1.4;
    resize: vertical;
  }
  .field::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .field[aria-invalid="true"] {
    border-color: var(--_error);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  @media (forced-colors: active) {
    .kumpel .button,
    .kumpel .quiet-button {
      border-color: ButtonText;
    }
    .kumpel .quiet-button[aria-pressed="true"] {
      border: 3px solid Highlight;
    }
    .kumpel .button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
    .kumpel :focus-visible {
      outline: 3px solid Highlight;
      outline-offset: 2px;
      box-shadow: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .kumpel *,
    .kumpel *::before,
    .kumpel *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`,mn=T`
  kumpel-chat-transcript {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .log {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 0.9em;
    min-height: 0;
    padding: 1em;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .kumpel .log:focus-visible {
    outline-offset: -3px;
    box-shadow: inset 0 0 0 6px var(--_focus-far);
    border-radius: 0;
  }
  .log > * {
    flex: none;
  }
  .welcome {
    display: grid;
    gap: 0.5em;
  }
  .waiting {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: 1.5em;
    color: var(--_quiet);
  }
  .dots {
    display: inline-flex;
    flex: none;
    gap: 0.25em;
  }
  .dots i {
    width: 0.5em;
    height: 0.5em;
    border: 0.25em solid currentColor;
    border-radius: 50%;
    animation: kumpel-breathe 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes kumpel-breathe {
    50% {
      opacity: 0.25;
    }
  }
  .to-newest {
    position: absolute;
    inset-block-end: 0.5em;
    inset-inline: 0;
    width: fit-content;
    margin-inline: auto;
    box-shadow: var(--_shadow);
  }
`,gn=T`
  .panel {
    display: grid;
    grid-template-rows: auto auto minmax(9em, 1fr) auto auto;
    min-width: 0;
    overflow: hidden auto;
    background: var(--_paper);
    color: var(--_ink);
  }
  .panel > * {
    min-width: 0;
  }
  kumpel-chat-transcript {
    grid-row: 3;
  }
  .below {
    grid-row: 4;
  }
  .floating .panel {
    position: fixed;
    inset-block-end: var(--kumpel-offset-block, 1em);
    inset-inline-end: var(--kumpel-offset-inline, 1em);
    z-index: var(--kumpel-layer, 2147483000);
    width: min(var(--kumpel-width, 27em), calc(100vw - 2em));
    height: min(var(--kumpel-height, 44em), calc(var(--_visible-height, 100dvh) - 2em));
    border: 1px solid transparent;
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }
  .inline .panel {
    height: 100%;
    border: 1px solid var(--_line);
  }
  @media (max-width: 40em), (max-height: 30em) {
    .floating .panel {
      inset: 0;
      width: 100vw;
      max-width: 100%;
      height: var(--_visible-height, 100dvh);
      border: 0;
      border-radius: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .floating .panel {
      animation: kumpel-rise 0.16s ease-out;
    }
    @keyframes kumpel-rise {
      from {
        opacity: 0;
        transform: translateY(0.75em);
      }
    }
  }

  .header {
    display: flex;
    align-items: center;
    gap: 0.4em;
    padding: 0.3em 0.5em 0.3em 1em;
    border-bottom: 1px solid transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .heading {
    flex: 1;
    min-width: 0;
    font-size: 1.1em;
    font-weight: 700;
    line-height: 1.3;
  }
  .header-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: max(2.75em, 44px);
    min-height: max(2.75em, 44px);
    padding: 0;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  .header-button:hover {
    background: rgb(0 0 0 / 25%);
  }
  .skip {
    position: absolute;
    inset-block-start: 0.5em;
    inset-inline-start: 0.5em;
    z-index: 1;
  }
  .skip:not(:focus) {
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .ended {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6em;
    padding: 0.8em 1em;
    border-top: 1px solid var(--_line);
  }

  /* A panel too low for three parts, as at 400 % zoom, scrolls as a whole. */
  @media (max-height: 22em) {
    .panel .log {
      overflow: visible;
    }
    .panel {
      grid-template-rows: auto auto auto auto auto;
    }
  }

  @media (forced-colors: active) {
    .floating .panel,
    .header {
      border-color: CanvasText;
    }
  }

  @media print {
    :host(:not([data-kumpel-printed])) .floating .panel {
      display: none;
    }
    .kumpel .panel {
      position: static !important;
      display: block !important;
      width: auto !important;
      height: auto !important;
      overflow: visible !important;
      border: 0;
      box-shadow: none;
      color: #000;
      background: #fff;
    }
    .kumpel .log {
      display: block;
      overflow: visible;
      padding: 0;
    }
    .kumpel kumpel-chat-message {
      margin-block: 0.8em;
      content-visibility: visible !important;
      break-inside: avoid;
    }
    .kumpel :is(.header-button, .menu, .to-newest, .notice, .waiting, .ended, .skip) {
      display: none !important;
    }
    .kumpel .header {
      background: none;
      color: #000;
      border-bottom: 1px solid #000;
    }
    .kumpel .bubble {
      border: 1px solid #666;
      background: none !important;
      color: #000 !important;
    }
    .kumpel a[href^="http"]::after {
      content: " (" attr(href) ")";
      font-size: 0.85em;
    }
  }
`,bn=[fn,hn,pn,on,rn,cn,dn,mn,un,an,ln,gn];var vn=Object.defineProperty,x=(i,e,t,s)=>{for(var n=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=o(e,t,n)||n);return n&&vn(e,t,n),n};const Te="open",vt="language";class k extends Z{constructor(){super(...arguments),this.server="",this.lang="",this.service="",this.open=!1,this.accent="",this.greeting="",this.heading="",this.mode="floating",this.conversationKey="",this.language="de",this.isMenuOpen=!1,this.readsAloud=!1,this.#e=Ae(""),this.#t=!1,this.#n=!1,this.#a=new hs(this,()=>this.panel,()=>this.open&&this.mode!=="inline",()=>{this.closeChat()}),this.#i=new nn(this,{say:(e,t,s)=>{this.live?.say(e,t),s&&this.readsAloud&&this.#f&&lt(e,t)},added:({speaker:e,text:t,language:s})=>{this.#M("kumpel-message",{speaker:e,text:t,language:s})},isSeen:()=>this.#f,words:()=>this.context.words}),this.#m=e=>{e.target.id==="field"&&this.#i.start()},this.#g=e=>{this.#i.send(e.detail)||e.preventDefault()},this.#b=()=>{this.#i.restart(),this.updateComplete.then(()=>{this.composer?.focus()})},this.#x={ask:e=>{this.#i.send(e),this.composer?.focus()},choose:({choice:e,title:t})=>{this.#i.choose(e,t),this.composer?.focus()},retry:e=>{this.#i.retry(e),this.composer?.focus()},rate:(e,t,s)=>this.#i.rate(e,t,s),reportError:(e,t)=>this.#i.reportError(e,t),copy:e=>void this.#T(e),speak:e=>{this.#P(e)},announce:e=>{this.#w(e)}},this.#y=()=>{this.composer?this.composer.focus():this.renderRoot.querySelector(".restart")?.focus()},this.#_=()=>{this.isMenuOpen=!this.isMenuOpen,this.isMenuOpen&&this.updateComplete.then(async()=>{await this.menu?.updateComplete,this.menu?.focus()})},this.#u=()=>{this.isMenuOpen=!1,this.updateComplete.then(()=>{this.renderRoot.querySelector(".menu-button")?.focus()})}}static{this.styles=bn}#e;#s;#t;#n;#r;#a;#i;openChat(){this.mode!=="inline"&&(this.#s=ge()),this.open=!0,this.updateComplete.then(()=>{this.composer?.focus(),this.#w(this.#E)}),this.#i.start()}closeChat(){if(!this.open||this.mode==="inline")return;const e=this.shadowRoot?.activeElement!==null,t=this.#s;this.open=!1,this.isMenuOpen=!1,de(),this.updateComplete.then(()=>{if(!e)return;(t?.isConnected&&t.getRootNode()!==this.shadowRoot?t:this.renderRoot.querySelector(".launcher"))?.focus()})}connectedCallback(){super.connectedCallback(),this.#r=ss(()=>{this.#A()}),this.hasUpdated&&this.#k(),this.hasUpdated&&this.#i.isStored&&this.#i.start()}disconnectedCallback(){super.disconnectedCallback(),this.#r?.(),de()}willUpdate(e){this.lang.toLowerCase()==="easy"&&this.setAttribute("lang","de-simple");const t=!this.hasUpdated;if((t||e.has("server")||e.has("conversationKey"))&&this.#k(),t||e.has("lang")){const s=this.#e.getItem(vt);this.#C(Si(s??(this.lang||os(this))))}e.has("service")&&this.#i.setService(this.service),t&&this.#e.getItem(Te)&&this.mode!=="inline"&&(this.open=!0),this.#f&&(this.#t=!0,this.#i.unread=0)}firstUpdated(){this.#i.isStored&&this.#i.start()}updated(e){e.has("accent")&&this.#$(),!(!e.has("open")||this.mode==="inline")&&(this.open?this.#e.setItem(Te,"1"):this.#e.removeItem(Te),this.open!==this.#n&&this.#M(this.open?"kumpel-open":"kumpel-close",void 0),this.#n=this.open)}render(){const{words:e}=this.context,t=this.mode==="inline";return d`<div
      class="kumpel ${t?"inline":"floating"}"
      lang=${e.tag}
    >
      ${t?p:Ai(e,this.open,this.#i.unread,()=>{this.openChat()})}
      ${this.#t?this.#o(t):p}
      <kumpel-chat-live></kumpel-chat-live>
    </div>`}#o(e){const{context:t}=this,{words:s}=t,{entries:n,phase:r}=this.#i.state;return d`<div
      class="panel"
      part="panel"
      role=${e?"region":"dialog"}
      aria-labelledby="heading"
      ?hidden=${!e&&!this.open}
      @keydown=${e?p:this.#a.pressed}
      @focusin=${this.#m}
    >
      <button type="button" class="button skip" @click=${this.#y}>
        ${s.skipToField}
      </button>
      <div class="header" part="header">
        <h2 class="heading" part="heading" id="heading" dir="auto">
          ${this.heading||s.heading}
        </h2>
        <button
          type="button"
          class="header-button menu-button"
          aria-label=${s.menu}
          title=${s.menu}
          aria-expanded=${this.isMenuOpen?"true":"false"}
          @click=${this.#_}
        >
          ${y.menu}
        </button>
        ${e?p:d`<button
                type="button"
                class="header-button close-button"
                aria-label=${s.close}
                title=${s.close}
                @click=${()=>{this.closeChat()}}
              >
                ${y.close}
              </button>`}
      </div>
      ${this.isMenuOpen?this.#c():p}
      <kumpel-chat-transcript
        .entries=${n}
        .context=${t}
        .greeting=${this.#E}
        .starters=${this.#d}
        .waiting=${this.#i.waiting}
      ></kumpel-chat-transcript>
      <div class="below">
        ${r==="ended"?this.#l():this.#p()}
      </div>
    </div>`}#c(){return d`<kumpel-chat-menu
      .context=${this.context}
      .hasMessages=${this.#i.state.entries.length>0}
      .readsAloud=${this.readsAloud}
      @command=${e=>void this.#S(e.detail)}
      @language=${e=>{this.#N(e.detail)}}
      @reading=${e=>{this.readsAloud=e.detail,e.detail||de()}}
      @dismiss=${this.#u}
    ></kumpel-chat-menu>`}#p(){const{notice:e}=this.#i.state,t=e?.kind==="empty"||e?.kind==="too_long";return d`${Ti(e,this.context.words,this.#i.now,()=>{this.#i.dismissNotice(),this.composer?.focus()})}
      <kumpel-chat-composer
        .words=${this.context.words}
        .storage=${this.#e}
        .error=${t?e.text:""}
        @send=${this.#g}
        @corrected=${()=>{this.#i.dismissNotice()}}
        @announce=${s=>{this.#w(s.detail)}}
      ></kumpel-chat-composer>`}#l(){const{words:e}=this.context;return d`<div class="ended">
      <p>${this.#i.state.notice?.text??e.core.ended}</p>
      <button type="button" class="button main restart" @click=${this.#b}>
        ${e.newConversation}
      </button>
    </div>`}get#f(){return this.open||this.mode==="inline"}get#E(){return this.greeting||this.context.words.greeting}get#d(){const{entries:e,phase:t}=this.#i.state;if(e.length||t==="ended")return[];const{words:s}=this.context;return this.service?s.startersOnService:s.startersAnywhere}#$(){if(!this.frame)return;const e=Oi(this.accent,this.frame);e?this.frame.style.setProperty("--_accent-attribute",e):this.frame.style.removeProperty("--_accent-attribute")}#m;#g;#b;async#v(){const e=await this.#i.end();this.isMenuOpen=!1,await this.updateComplete;const t=e?".restart":".menu-button";this.renderRoot.querySelector(t)?.focus()}#k(){const e=rs(this.server),t=this.conversationKey?`${this.conversationKey}:`:"";this.#e=Ae(`kumpel-chat:${t}${e}:`),this.#i.begin(e,this.language,this.service,Ae(t))}#x;#y;#_;#u;async#S(e){const{words:t}=this.context;if(e==="end"){await this.#v();return}this.#u();const s=this.heading||t.heading,n=Xi(this.#i.state.entries,t,s);e==="copy"?await this.#T(n):e==="save"?(es(n,t.fileName),this.#w(t.saved)):(await this.updateComplete,is(this))}async#T(e){const{words:t}=this.context;this.#w(await Ji(e)?t.copied:t.copyFailed)}#P(e){const t=this.context.spokenKey===e.key;de();const s=()=>{this.context.spokenKey===e.key&&this.#A(void 0)},n=!t&&lt(Ut(e),e.language,s,!0);this.#A(n?e.key:void 0)}#N(e){this.#e.setItem(vt,e),this.#C(e),this.#w(this.context.words.languageIsNow)}#C(e){this.language=e,this.#i.setLanguage(e),this.#A()}#w(e){this.live?.say(e,this.context.words.tag)}#A(e){const t=Me[this.language],s=zt(t.tag)!==void 0,{language:n}=this;this.context={words:t,language:n,canSpeak:s,spokenKey:e,actions:this.#x}}#M(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}}x([g()],k.prototype,"server");x([g()],k.prototype,"lang");x([g()],k.prototype,"service");x([g({type:Boolean,reflect:!0})],k.prototype,"open");x([g()],k.prototype,"accent");x([g()],k.prototype,"greeting");x([g()],k.prototype,"heading");x([g()],k.prototype,"mode");x([g({attribute:"conversation-key"})],k.prototype,"conversationKey");x([E()],k.prototype,"language");x([E()],k.prototype,"context");x([E()],k.prototype,"isMenuOpen");x([E()],k.prototype,"readsAloud");x([he(".kumpel")],k.prototype,"frame");x([he(".panel")],k.prototype,"panel");x([he("kumpel-chat-composer")],k.prototype,"composer");x([he("kumpel-chat-menu")],k.prototype,"menu");x([he("kumpel-chat-live")],k.prototype,"live");function Gt(){const{featurePolicy:i}=document;if(i?.allowsFeature("microphone")!==!1)return window.SpeechRecognition}async function wn(i){const e=Gt();if(!e?.available||!("processLocally"in e.prototype))return!1;try{const s={langs:[Wt(i)],processLocally:!0};return await e.available(s)==="available"}catch{return!1}}function yn(i,e,t){const s=Gt();if(!s)return;const n=new s;n.lang=Wt(i),n.processLocally=!0,n.interimResults=!1;let r=!1;n.addEventListener("result",o=>{const{results:a}=o;e(Array.from(a,c=>c[0]?.transcript??"").join(" "))}),n.addEventListener("error",()=>{r=!0}),n.addEventListener("end",()=>{t(r)});try{n.start()}catch{return}return()=>{n.stop()}}function Wt(i){return i==="en"?"en-GB":"de-DE"}class Q extends Z{createRenderRoot(){return this}}function H(i,e){customElements.get(i)||customElements.define(i,e)}var $n=Object.defineProperty,F=(i,e,t,s)=>{for(var n=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=o(e,t,n)||n);return n&&$n(e,t,n),n};const kn=300,Ce="draft";class O extends Q{constructor(){super(...arguments),this.error="",this.length=0,this.canDictate=!1,this.isListening=!1,this.hasDictationFailed=!1,this.#r=()=>{const e=this.#t;this.length=[...e.value].length,this.hasDictationFailed=!1,e.value?this.storage.setItem(Ce,e.value):this.storage.removeItem(Ce),this.error&&this.dispatchEvent(new CustomEvent("corrected")),this.#a()},this.#i=e=>{e.key!=="Enter"||e.shiftKey||e.isComposing||e.keyCode===229||(e.preventDefault(),this.#c())},this.#o=e=>{e.preventDefault(),this.#c()},this.#p=()=>{if(this.#e){this.#e();return}const e=this.#t.value;this.#e=yn(this.words.tag,t=>{this.#n([e,t].filter(Boolean).join(" "))},t=>{this.#e=void 0,this.isListening=!1,this.hasDictationFailed=t,this.#l(t?this.words.dictationFailed:""),this.#t.focus()}),this.isListening=this.#e!==void 0,this.hasDictationFailed=!this.isListening,this.#l(this.isListening?this.words.dictating:this.words.dictationFailed)}}#e;render(){const{words:e,error:t}=this,s=Pe-1-this.length,n=s<=kn;return d`<form
      class="composer"
      part="composer"
      novalidate
      @submit=${this.#o}
    >
      <label class="field-label" for="field">${e.fieldLabel}</label>
      <p class="unseen" id="field-hint">${e.fieldHint}</p>
      ${t?d`<p class="field-error" id="field-error">${t}</p>`:p}
      ${this.isListening||this.hasDictationFailed?d`<p class="hint">
              ${this.isListening?e.dictating:e.dictationFailed}
            </p>`:p}
      <div class="composer-row">
        <textarea
          id="field"
          class="field"
          part="field"
          rows="1"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-describedby="field-hint${t?" field-error":""}${n?" field-count":""}"
          aria-invalid=${t?"true":p}
          @input=${this.#r}
          @keydown=${this.#i}
        ></textarea>
        ${this.canDictate?this.#s():p}
        <button type="submit" class="button main send" part="send">
          ${y.send}<span class="send-word">${e.send}</span>
        </button>
      </div>
      ${n?d`<p class="hint ${s<0?"field-error":""}" id="field-count">
              ${e.charactersLeft(s)}
            </p>`:p}
    </form>`}#s(){const e=this.isListening?this.words.stopDictating:this.words.dictate;return d`<button
      type="button"
      class="button microphone"
      aria-label=${e}
      title=${e}
      @click=${this.#p}
    >
      ${this.isListening?y.stop:y.microphone}
    </button>`}firstUpdated(){const e=this.storage.getItem(Ce);e&&this.#n(e)}willUpdate(e){e.has("words")&&wn(this.words.tag).then(t=>{this.canDictate=t})}disconnectedCallback(){super.disconnectedCallback(),this.#e?.()}focus(){this.#t.focus()}get#t(){return this.querySelector("textarea")}#n(e){this.#t.value=e,this.#r()}#r;#a(){const e=this.#t;e.style.height="auto";const t=e.offsetHeight-e.clientHeight;e.style.height=`${e.scrollHeight+t}px`}#i;#o;#c(){const e=this.#t.value.trim(),t=new CustomEvent("send",{detail:e,cancelable:!0});this.dispatchEvent(t)&&this.#n(""),this.#t.focus()}#p;#l(e){e&&this.dispatchEvent(new CustomEvent("announce",{detail:e}))}}F([g({attribute:!1})],O.prototype,"words");F([g({attribute:!1})],O.prototype,"storage");F([g({attribute:!1})],O.prototype,"error");F([E()],O.prototype,"length");F([E()],O.prototype,"canDictate");F([E()],O.prototype,"isListening");F([E()],O.prototype,"hasDictationFailed");var xn=Object.defineProperty,ee=(i,e,t,s)=>{for(var n=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=o(e,t,n)||n);return n&&xn(e,t,n),n};const _n=1e3;class B extends Q{constructor(){super(...arguments),this.error="",this.thanks="",this.current=0,this.#i=()=>{this.form=void 0,this.error="",this.updateComplete.then(()=>{this.#o()[this.current]?.focus()})},this.#c=e=>{const t=this.#o().indexOf(e.target);t>=0&&(this.current=t)},this.#p=e=>{const t=this.#o(),s=t.length-1,n={ArrowRight:this.current===s?0:this.current+1,ArrowLeft:this.current===0?s:this.current-1,Home:0,End:s}[e.key];n!==void 0&&(e.preventDefault(),t[n]?.focus())}}render(){const{words:e}=this.context;return d`<div
        class="toolbar"
        part="answer-toolbar"
        role="toolbar"
        aria-label=${e.aboutThisAnswer}
        lang=${e.tag}
        @keydown=${this.#p}
        @focusin=${this.#c}
      >
        ${this.#e()}
      </div>
      ${this.thanks&&!this.form?d`<p class="hint" lang=${e.tag}>${this.thanks}</p>`:p}
      ${this.form?this.#s(this.form):p}`}#e(){const{words:e,actions:t,canSpeak:s,spokenKey:n}=this.context,r=this.entry.position!==void 0,o=[],a=(c,h,u,l,f)=>{const m=o.length;o.push(d`<button
          type="button"
          class="quiet-button"
          aria-label=${c}
          title=${c}
          tabindex=${m===this.current?"0":"-1"}
          aria-pressed=${l===void 0?p:String(l)}
          aria-expanded=${f===void 0?p:String(f)}
          @click=${u}
        >
          ${h}
        </button>`)};if(r)for(const c of["up","down"])a(c==="up"?e.helpful:e.notHelpful,y[c],()=>void this.#t(c),this.entry.rating===c);if(a(e.copyAnswer,y.copy,()=>{t.copy(this.entry.text)}),s){const c=n===this.entry.key;a(c?e.stopReading:e.readAloud,c?y.stop:y.speaker,()=>{t.speak(this.entry)})}return r&&a(e.reportError,d`${y.flag}<span>${e.reportError}</span>`,()=>{this.#a(this.form==="report"?void 0:"report")},void 0,this.form==="report"),o}#s(e){const{words:t}=this.context,s=`feedback-${this.entry.key}`,n=e==="report";return d`<form
      class="feedback-form"
      part="feedback"
      lang=${t.tag}
      novalidate
      @submit=${r=>{r.preventDefault(),this.#n(e)}}
      @keydown=${r=>{r.key==="Escape"&&(r.stopPropagation(),this.#i())}}
    >
      <label class="field-label" for=${s}
        >${n?t.reportLabel:t.commentLabel}</label
      >
      <p class="hint" id="${s}-hint">
        ${n?t.reportHint:t.commentHint}
      </p>
      ${this.error?d`<p class="field-error" id="${s}-error">${this.error}</p>`:p}
      <textarea
        class="field"
        id=${s}
        rows="3"
        maxlength=${_n}
        aria-required=${n?"true":p}
        aria-invalid=${this.error?"true":p}
        aria-describedby="${s}-hint${this.error?` ${s}-error`:""}"
        @input=${()=>{this.error=""}}
      ></textarea>
      <div class="row">
        <button type="submit" class="button main">
          ${n?t.sendReport:t.sendComment}
        </button>
        <button type="button" class="button" @click=${this.#i}>
          ${n?t.cancel:t.noComment}
        </button>
      </div>
    </form>`}async#t(e){const{words:t,actions:s}=this.context,{position:n}=this.entry;if(n===void 0)return;const r=this.entry.rating===e?null:e;try{await s.rate(n,r)}catch{this.#r(t.feedbackFailed);return}this.#r(r?t.thanksForRating:t.ratingTakenBack),this.form=r==="down"?"comment":void 0,this.error=""}async#n(e){const{words:t,actions:s}=this.context,{position:n,rating:r}=this.entry,o=this.querySelector("textarea"),a=o?.value.trim()??"";if(n!==void 0){if(!a){if(e==="comment"){this.#i();return}this.error=t.emptyReport,s.announce(this.error),o?.focus();return}try{e==="report"?await s.reportError(n,a):await s.rate(n,r??"down",a)}catch{this.error=t.feedbackFailed,s.announce(this.error),o?.focus();return}this.#r(t.thanksForComment),this.#i()}}#r(e){this.thanks=e,this.context.actions.announce(e)}#a(e){this.error="",this.thanks="",this.form=e,e&&this.updateComplete.then(()=>this.querySelector("textarea")?.focus())}#i;#o(){return[...this.querySelectorAll(".toolbar > button")]}#c;#p}ee([g({attribute:!1})],B.prototype,"entry");ee([g({attribute:!1})],B.prototype,"context");ee([E()],B.prototype,"form");ee([E()],B.prototype,"error");ee([E()],B.prototype,"thanks");ee([E()],B.prototype,"current");const Sn=1500;class An extends Q{render(){return d`<div
      class="unseen live"
      part="live-region"
      role="status"
      aria-live="polite"
      aria-atomic="false"
      aria-relevant="additions"
    ></div>`}say(e,t){const s=this.querySelector(".live");if(!s||!e)return;const n=document.createElement("p");n.lang=t,n.textContent=e,s.append(n),setTimeout(()=>{n.parentNode?.removeChild(n)},Sn)}}var En=Object.defineProperty,$e=(i,e,t,s)=>{for(var n=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=o(e,t,n)||n);return n&&En(e,t,n),n};const Tn=["de","easy","en"];class le extends Q{constructor(){super(...arguments),this.hasMessages=!1,this.readsAloud=!1,this.isAsking=!1,this.#r=()=>{this.isAsking=!0,this.updateComplete.then(()=>{this.querySelector(".end-question button:last-child")?.focus()})},this.#a=()=>{this.isAsking=!1,this.updateComplete.then(()=>{this.querySelector(".menu-item.danger")?.focus()})},this.#i=e=>{e.key==="Escape"&&(e.stopPropagation(),this.isAsking?this.#a():this.#o("dismiss",void 0))}}render(){const{words:e}=this.context;return d`<div
      class="menu"
      part="menu"
      role="group"
      aria-label=${e.menu}
      @keydown=${this.#i}
    >
      ${this.isAsking?this.#n():this.#e()}
    </div>`}#e(){const{words:e,language:t,canSpeak:s}=this.context;return d`<fieldset>
        <legend>${e.language}</legend>
        <div class="row">
          ${Tn.map(n=>this.#s(n,t))}
        </div>
      </fieldset>
      ${s?d`<label class="menu-check">
              <input
                type="checkbox"
                .checked=${this.readsAloud}
                @change=${n=>{this.#o("reading",n.target.checked)}}
              />
              ${e.readAnswersAloud}
            </label>`:p}
      ${this.hasMessages?d`<ul class="plain">
              ${this.#t("print",e.print,y.print)}
              ${this.#t("save",e.save,y.save)}
              ${this.#t("copy",e.copyConversation,y.copy)}
              <li>
                <button type="button" class="menu-item danger" @click=${this.#r}>
                  ${y.bin}<span>${e.end}</span>
                </button>
              </li>
            </ul>`:p}`}#s(e,t){return d`<label class="language">
      <input
        type="radio"
        name="language"
        .checked=${e===t}
        @change=${()=>{this.#o("language",e)}}
      />
      <span lang=${e==="en"?"en":"de"}
        >${this.context.words.languages[e]}</span
      >
    </label>`}#t(e,t,s){return d`<li>
      <button
        type="button"
        class="menu-item"
        @click=${()=>{this.#o("command",e)}}
      >
        ${s}<span>${t}</span>
      </button>
    </li>`}#n(){const{words:e}=this.context;return d`<div role="group" aria-labelledby="end-question" class="end-question">
      <p id="end-question">${e.endQuestion}</p>
      <div class="row">
        <button
          type="button"
          class="button danger"
          aria-describedby="end-question"
          @click=${()=>{this.#o("command","end")}}
        >
          ${e.endYes}
        </button>
        <button type="button" class="button" @click=${this.#a}>
          ${e.endNo}
        </button>
      </div>
    </div>`}focus(){this.querySelector("input:checked, button")?.focus()}#r;#a;#i;#o(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}}$e([g({attribute:!1})],le.prototype,"context");$e([g({attribute:!1})],le.prototype,"hasMessages");$e([g({attribute:!1})],le.prototype,"readsAloud");$e([E()],le.prototype,"isAsking");function Vt(i,e){return d`<p class="source">${e.source}: ${Yt(i,e)}</p>`}function Cn(i,e){const[t]=i;return t?i.length===1?Vt(t,e):d`<div class="source">
    <p>${e.sources}:</p>
    <ul>
      ${i.map(s=>d`<li>${Yt(s,e)}</li>`)}
    </ul>
  </div>`:p}function Yt(i,e){const t=[i.asOf?e.asOf(Re(i.asOf,e.tag)):"",i.retrieved?e.retrieved(Re(i.retrieved,e.tag)):""].filter(Boolean);return d`${i.url?ke(i.url,i.name,e):d`<span dir="auto">${i.name}</span>`}${t.length?d`, <bdi>${t.join(", ")}</bdi>`:p}`}function ke(i,e,t,s=""){return d`<a
    class=${s||p}
    href=${i}
    target="_blank"
    rel="noopener noreferrer"
    dir="auto"
    >${e}<span class="unseen"> (${t.opensInNewWindow})</span></a
  >`}function Zt(i){return d`<dl>
    ${i.map(([e,t])=>t?d`<div>
            <dt>${e}</dt>
            <dd dir="auto">${t}</dd>
          </div>`:p)}
  </dl>`}function In(i){return d`<div
    class="card preview"
    part="card"
    role="group"
    aria-label=${i.title}
  >
    <p class="card-title" dir="auto">${i.title}</p>
    ${Zt(i.fields.map(({label:e,value:t})=>[e,t]))}
    ${i.consent?d`<p class="consent" dir="auto">${i.consent}</p>`:p}
  </div>`}function Nn(i,e){return d`<div
    class="card booked"
    part="card"
    role="group"
    aria-label=${e.booked}
  >
    <p class="card-title">${y.tick} ${e.booked}</p>
    ${Zt([[e.bookingNumber,i.number],[e.when,i.when],[e.where,[i.office,i.address].filter(Boolean).join(", ")]])}
    <div class="row">
      ${i.calendarUrl?d`<a class="button main" href=${i.calendarUrl} download="Termin.ics">
              ${y.calendar} ${e.saveDate}
            </a>`:p}
      ${i.manageUrl?ke(i.manageUrl,e.manage,e,"button"):p}
    </div>
  </div>`}function Mn(i,e,t){return d`<figure class="card map" part="card">
    ${e?d`<img src=${e} alt=${i.alt} loading="lazy" decoding="async" />`:p}
    <figcaption>
      ${i.places.length?d`<ul class="plain">
              ${i.places.map(s=>d`<li dir="auto">${s.name}</li>`)}
            </ul>`:p}
      ${i.url?ke(i.url,t.openMap,t):p}
    </figcaption>
  </figure>`}function On(i,e,t){const s=i.isOpen===null?"":i.isOpen?"is-open":"is-closed",n=i.statement||(i.isOpen===null?"":i.isOpen?e.openNow:e.closedNow);return d`<div class="card hours" part="card">
    ${n?d`<p class="open-state ${s}">
            <span aria-hidden="true"></span>${n}
          </p>`:p}
    ${i.days.length?d`<table>
            <caption dir="auto">
              ${e.hoursOf(i.office)}
            </caption>
            <thead>
              <tr>
                <th scope="col">${e.day}</th>
                <th scope="col">${e.times}</th>
              </tr>
            </thead>
            <tbody>
              ${i.days.map(r=>Dn(r,e,r.date===t))}
            </tbody>
          </table>`:p}
    ${i.source?Vt(i.source,e):p}
  </div>`}function Dn(i,e,t){return d`<tr class=${t?"today":""}>
    <th scope="row">
      ${i.day}${t?d` <span class="today-word">(${e.today})</span>`:p}
    </th>
    <td>
      ${i.times.length?i.times.map(s=>d`<bdi class="time" dir="ltr">${s}</bdi> `):e.closedAllDay}
      ${i.note?d`<span class="day-note" dir="auto">${i.note}</span>`:p}
    </td>
  </tr>`}function Xt(i,e,t,s=e.title){const{words:n,actions:r}=t,o=i.isUsed===!0&&i.chosenTitle===e.title;return d`<button
    type="button"
    class="button choice ${o?"chosen":""}"
    part="choice"
    aria-disabled=${i.isUsed?"true":p}
    tabindex=${i.isUsed?"-1":p}
    @click=${()=>{i.isUsed||r.choose(e)}}
  >
    ${o?y.tick:p}<span dir="auto">${s}</span>
    ${o?d`<span class="chosen-word">(${n.chosen})</span>`:p}
  </button>`}function Rn(i,e,t){return e.length===0?p:d`<div class="choices" role="group" aria-label=${t.words.choose}>
    ${e.map(s=>Xt(i,s,t))}
  </div>`}function Pn(i,e,t,s){const n=new Set(e.offers.map(a=>a.office)),[r]=n.size===1?n:[void 0],o=new Map;for(const a of e.offers)o.set(a.date,[...o.get(a.date)??[],a]);return d`<div
    class="card slots"
    part="card"
    role="group"
    aria-label=${t.slots}
  >
    ${r?d`<p dir="auto">${t.allAt(r)}</p>`:p}
    ${[...o.values()].map(a=>d`<fieldset>
          <legend>
            <span class="unseen">${t.slotsOn("")}</span>${a[0]?.day}
          </legend>
          <div class="row">
            ${a.map(c=>Xt(i,c,s,[t.slotAt(c.time),d`<span class=${r?"unseen":"slot-office"}
                  >, <span class="unseen">${c.day}, </span>${c.office}</span
                >`]))}
          </div>
        </fieldset>`)}
  </div>`}function Jt(i){return i.cards??(i.card?[i.card]:[])}function Ln(i){const e=new Set(Jt(i).flatMap(t=>t.kind==="slots"?t.offers.map(s=>s.choice):[]));return(i.buttons??[]).filter(t=>!e.has(t.choice))}function Un(i,e,t){const s=_i(i.language,t.language);switch(e.kind){case"hours":return On(e,s,Pt(i.time));case"slots":return Pn(i,e,s,t);case"preview":return In(e);case"booked":return Nn(e,s);case"map":return Mn(e,i.image,s);case"sources":return d`${Cn(e.sources,s)}`;default:return p}}function zn(i,e){return d`<div class="rich">
    ${Ke(i).map(t=>Hn(t,e))}
  </div>`}function Hn(i,e){return i.kind==="list"?d`<ul>
        ${i.items.map(t=>d`<li dir="auto">${Y(t,e)}</li>`)}
      </ul>`:d`<p dir="auto">${Y(i.children,e)}</p>`}function Y(i,e){return i.map(t=>{switch(t.kind){case"text":return t.text;case"isolate":return d`<bdi dir="ltr">${t.text}</bdi>`;case"break":return d`<br />`;case"strong":return d`<strong>${Y(t.children,e)}</strong>`;case"emphasis":return d`<em>${Y(t.children,e)}</em>`;case"link":return t.href.startsWith("http")?ke(t.href,Y(t.children,e),e):d`<a href=${t.href} dir="auto">${Y(t.children,e)}</a>`}})}var Fn=Object.defineProperty,Ye=(i,e,t,s)=>{for(var n=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=o(e,t,n)||n);return n&&Fn(e,t,n),n};class xe extends Q{constructor(){super(...arguments),this.endsAnswer=!1}render(){const{entry:e}=this,{words:t}=this.context,s=e.speaker==="citizen",n=`message-${e.key}`,r=Lt(e.time);return d`<article
      class="message ${e.speaker}"
      part="message message-${e.speaker}"
      tabindex="-1"
      aria-labelledby="${n}-speaker"
    >
      <p class="byline" id="${n}-speaker" lang=${t.tag}>
        <span class="speaker">${s?t.you:t.kumpel}</span>
        ${r?d`<time datetime=${e.time}>${t.atTime(r)}</time>`:p}
      </p>
      <div class="bubble" part="bubble bubble-${e.speaker}" lang=${e.language}>
        ${zn(e.text,t)} ${this.#e()}
      </div>
      ${s?this.#s():p}
      ${this.endsAnswer&&!s?d`<kumpel-chat-feedback
              .entry=${e}
              .context=${this.context}
            ></kumpel-chat-feedback>`:p}
    </article>`}#e(){const{entry:e,context:t}=this,s=Jt(e),n=s.some(r=>r.kind==="map")?void 0:e.image;return[n?d`<img class="image" src=${n} alt="" loading="lazy" />`:p,...s.map(r=>Un(e,r,t)),Rn(e,Ln(e),t)]}#s(){const{entry:e}=this,{words:t,actions:s}=this.context;return e.delivery==="sent"?p:e.delivery==="sending"?d`<p class="delivery" lang=${t.tag}>${t.sending}</p>`:d`<p class="delivery failed" lang=${t.tag}>
      <span class="field-error">${t.notSent}</span>
      <button
        type="button"
        class="button"
        @click=${()=>{e.messageId&&s.retry(e.messageId)}}
      >
        ${t.sendAgain}
      </button>
    </p>`}}Ye([g({attribute:!1})],xe.prototype,"entry");Ye([g({attribute:!1})],xe.prototype,"context");Ye([g({attribute:!1})],xe.prototype,"endsAnswer");const Bn={CHILD:2},qn=i=>(...e)=>({_$litDirective$:i,values:e});let Kn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,s){this._$Ct=e,this._$AM=t,this._$Ci=s}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};const{I:jn}=bi,wt=i=>i,yt=()=>document.createComment(""),se=(i,e,t)=>{const s=i._$AA.parentNode,n=e===void 0?i._$AB:e._$AA;if(t===void 0){const r=s.insertBefore(yt(),n),o=s.insertBefore(yt(),n);t=new jn(r,o,i,i.options)}else{const r=t._$AB.nextSibling,o=t._$AM,a=o!==i;if(a){let c;t._$AQ?.(i),t._$AM=i,t._$AP!==void 0&&(c=i._$AU)!==o._$AU&&t._$AP(c)}if(r!==n||a){let c=t._$AA;for(;c!==r;){const h=wt(c).nextSibling;wt(s).insertBefore(c,n),c=h}}}return t},R=(i,e,t=i)=>(i._$AI(e,t),i),Gn={},Wn=(i,e=Gn)=>i._$AH=e,Vn=i=>i._$AH,Ie=i=>{i._$AR(),i._$AA.remove()};const $t=(i,e,t)=>{const s=new Map;for(let n=e;n<=t;n++)s.set(i[n],n);return s},Yn=qn(class extends Kn{constructor(i){if(super(i),i.type!==Bn.CHILD)throw Error("repeat() can only be used in text expressions")}dt(i,e,t){let s;t===void 0?t=e:e!==void 0&&(s=e);const n=[],r=[];let o=0;for(const a of i)n[o]=s?s(a,o):o,r[o]=t(a,o),o++;return{values:r,keys:n}}render(i,e,t){return this.dt(i,e,t).values}update(i,[e,t,s]){const n=Vn(i),{values:r,keys:o}=this.dt(e,t,s);if(!Array.isArray(n))return this.ut=o,r;const a=this.ut??=[],c=[];let h,u,l=0,f=n.length-1,m=0,b=r.length-1;for(;l<=f&&m<=b;)if(n[l]===null)l++;else if(n[f]===null)f--;else if(a[l]===o[m])c[m]=R(n[l],r[m]),l++,m++;else if(a[f]===o[b])c[b]=R(n[f],r[b]),f--,b--;else if(a[l]===o[b])c[b]=R(n[l],r[b]),se(i,c[b+1],n[l]),l++,b--;else if(a[f]===o[m])c[m]=R(n[f],r[m]),se(i,n[l],n[f]),f--,m++;else if(h===void 0&&(h=$t(o,m,b),u=$t(a,l,f)),h.has(a[l]))if(h.has(a[f])){const $=u.get(o[m]),I=$!==void 0?n[$]:null;if(I===null){const K=se(i,n[l]);R(K,r[m]),c[m]=K}else c[m]=R(I,r[m]),se(i,n[l],I),n[$]=null;m++}else Ie(n[f]),f--;else Ie(n[l]),l++;for(;m<=b;){const $=se(i,c[b+1]);R($,r[m]),c[m++]=$}for(;l<=f;){const $=n[l++];$!==null&&Ie($)}return this.ut=o,Wn(i,c),U}});var Zn=Object.defineProperty,te=(i,e,t,s)=>{for(var n=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=o(e,t,n)||n);return n&&Zn(e,t,n),n};const Ne=20,kt=80;class q extends Q{constructor(){super(...arguments),this.entries=[],this.greeting="",this.starters=[],this.waiting="",this.isAway=!1,this.#e=!0,this.#i=()=>{this.#a();const e=this.#p();(e[e.length-1]??this.#r()).focus()},this.#c=()=>{const e=this.#r(),t=e.scrollHeight-e.scrollTop-e.clientHeight;this.#e=t<kt,this.#o()},this.#l=e=>{const t=this.#r(),s=e.target,n=this.#p(),r=n.indexOf(s);if(s!==t&&r<0)return;const o=n.length-1,a={ArrowUp:r<0?o:r-1,ArrowDown:r<0?o:r+1,Home:0,End:o}[e.key];if(a===void 0||e.altKey||e.ctrlKey||e.metaKey||r>=0&&this.#f(s,e.key))return;const c=n[a];c&&(e.preventDefault(),c.focus({preventScroll:!0}),c.scrollIntoView({block:"nearest"}))}}#e;#s;render(){const{context:e,entries:t}=this,{words:s}=e,n=t.length-Ne;return d`<div
        class="log"
        part="transcript"
        role="log"
        aria-live="off"
        aria-label=${s.transcript}
        aria-describedby="log-keys"
        tabindex="0"
        @scroll=${this.#c}
        @keydown=${this.#l}
      >
        <p id="log-keys" hidden>${s.transcriptKeys}</p>
        ${this.#t()}
        ${Yn(t,r=>r.key,(r,o)=>d`<kumpel-chat-message
              class=${o<n?"settled":""}
              .entry=${r}
              .context=${e}
              .endsAnswer=${t[o+1]?.speaker!=="kumpel"}
            ></kumpel-chat-message>`)}
        ${this.waiting?d`<div class="waiting" part="waiting">
                <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
                <span>${this.waiting}</span>
              </div>`:p}
      </div>
      ${this.isAway?d`<button
              type="button"
              class="button to-newest"
              @click=${this.#i}
            >
              ${y.arrowDown} ${s.toNewest}
            </button>`:p}`}#t(){const{words:e,actions:t}=this.context;return d`<div class="welcome" part="greeting">
      <p class="greeting" dir="auto">${this.greeting}</p>
      <p class="hint">${e.privacy} ${e.emergency}</p>
      ${this.starters.length?d`<div class="choices" role="group" aria-label=${e.starters}>
              ${this.starters.map(s=>d`<button
                    type="button"
                    class="button choice"
                    part="choice"
                    @click=${()=>{t.ask(s)}}
                  >
                    ${s}
                  </button>`)}
            </div>`:p}
    </div>`}firstUpdated(){const e=this.#r();this.#s=new ResizeObserver(()=>{this.#e&&(e.scrollTop=e.scrollHeight)}),this.#s.observe(e)}disconnectedCallback(){super.disconnectedCallback(),this.#s?.disconnect()}updated(e){e.has("entries")?this.#n(e.get("entries")??[]):e.has("waiting")&&this.#e&&this.#a()}async#n(e){const t=new Set(e.map(u=>u.key)),s=this.entries.filter(u=>!t.has(u.key)),n=s.some(u=>u.speaker==="citizen"&&u.delivery==="sending");if(!this.#e&&!n){this.#o();return}const r=[...this.querySelectorAll("kumpel-chat-message")];await Promise.all(r.slice(-Ne).map(u=>u.updateComplete)),this.#a();const o=s.length<Ne?s[0]:void 0;if(!o||o.speaker==="citizen")return;const a=r.find(u=>u.entry.key===o.key),c=this.#r();if(!a)return;const h=a.offsetTop-c.offsetTop-8;h<c.scrollTop&&(c.scrollTop=h,this.#e=!0)}#r(){return this.querySelector(".log")}#a(){const e=this.#r();e.scrollTop=e.scrollHeight,this.#e=!0,this.isAway=!1}#i;#o(){const e=this.#r(),t=e.scrollHeight-e.scrollTop-e.clientHeight;this.isAway=t>Math.max(kt,e.clientHeight)}#c;#p(){return[...this.querySelectorAll(".message")]}#l;#f(e,t){const s=this.#r().getBoundingClientRect(),n=e.getBoundingClientRect();return t==="ArrowDown"?n.bottom>s.bottom+1:t==="ArrowUp"&&n.top<s.top-1}}te([g({attribute:!1})],q.prototype,"entries");te([g({attribute:!1})],q.prototype,"context");te([g({attribute:!1})],q.prototype,"greeting");te([g({attribute:!1})],q.prototype,"starters");te([g({attribute:!1})],q.prototype,"waiting");te([E()],q.prototype,"isAway");H("kumpel-chat-live",An);H("kumpel-chat-composer",O);H("kumpel-chat-feedback",B);H("kumpel-chat-message",xe);H("kumpel-chat-transcript",q);H("kumpel-chat-menu",le);H("kumpel-chat",k);export{k as KumpelChat};
